import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// A project folder of its own with a registry whose ranges are its own too, so that outputs can be compared whole.
struct Project {
    let scratch: Scratch
    private let ports: PortBlock
    /// The first port of the range of `web`; those of `default` start ten further, of `postgres` twenty.
    let web: Int
    var first: Int { web + 10 }
    var postgres: Int { web + 20 }
    /// A port that no range has.
    var outside: Int { web + 50 }
    /// The context's hash.
    let hash: String

    init() throws {
        scratch = try Scratch()
        ports = try PortBlock()
        web = ports.first
        hash = String(MD5.hexadecimal(of: scratch.project.utf8).prefix(12))
        let ranges = [
            "web:\(web)-\(web + 9)", "default:\(web + 10)-\(web + 19)", "postgres:\(web + 20)-\(web + 29)",
        ]
        let outcome = try run(["config"] + ranges.flatMap { ["--set-range", $0] })
        try #require(outcome == Outcome(ending: .exited(0), output: "", errors: ""))
    }

    /// Runs portrun in the project's folder.
    ///
    /// - Parameter variables: further ones, `NAME=value`.
    func run(_ words: [String], _ variables: [String] = []) throws -> Outcome {
        try scratch.run([Program.portrun] + words, environment: variables + scratch.environment)
    }

    func run(_ words: String..., variables: [String] = []) throws -> Outcome { try run(words, variables) }

    /// Books a port for another context by hand, so that it is not given up to anybody.
    func take(_ port: Int, for service: String = "db", of context: String = "first") throws {
        try #require(
            try run("book", service, "--port", "\(port)", "--context", context, "-q").ending == .exited(0))
    }

    /// Makes the folder, which has to be empty, a linked worktree of a repository beside it, with what stands there: every
    /// port that it declares is the main worktree's.
    func becomeGuest() throws {
        try #require(
            try scratch.shell(
                """
                git init -q -b main ../main && cd ../main && git add .
                git -c user.name=a -c user.email=a@example.org commit -q --allow-empty -m first
                git worktree add -q -b topic "$OLDPWD"
                """) == .printed(""))
    }

    /// Makes the folder, with what stands there, a repository with a linked worktree in `../feature`.
    func addWorktree() throws {
        try #require(
            try scratch.shell(
                """
                set -e
                git init -q -b main
                git add .
                git -c user.name=a -c user.email=a@example.org commit -q -m first
                git worktree add -q ../feature -b feature
                """) == .printed(""))
    }

    /// A program that prints what a server says, else why there is none: `client.py PORT`.
    static let client = """
        import socket, sys
        try:
            with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10) as client:
                print(client.makefile().read(), end="", flush=True)
        except OSError as error:
            print(error.strerror, flush=True)
        """

    /// The hash of its context, inside git too.
    func contextHash() throws -> String {
        let object = try JSONSerialization.jsonObject(with: Data(run("context", "--json").output.utf8))
        return try #require((object as? [String: Any])?["hash"] as? String)
    }

    /// Starts a command that prints `ready` and its PORT, and ends with its input.
    func start(_ words: String...) throws -> (program: RunningProgram, port: Int) {
        let program = try scratch.start(
            [Program.portrun] + words + ["--", "/bin/sh", "-c", "echo ready $PORT; read line"])
        return (program, Int(try program.number(after: "ready")))
    }
}

extension Outcome {
    /// Success that printed `output` and said nothing.
    static func printed(_ output: String) -> Outcome {
        Outcome(ending: .exited(0), output: output, errors: "")
    }

    /// An end with `status` that said `errors` and printed nothing.
    static func failed(_ status: Int32, _ errors: String) -> Outcome {
        Outcome(ending: .exited(status), output: "", errors: errors)
    }
}
