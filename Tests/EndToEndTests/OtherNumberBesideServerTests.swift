import PortrunBase
import Testing

/// A command that may be a client of the server beside it, but has another number than that: it keeps its own.
@Suite(.timeLimit(.minutes(30)))
struct OtherNumberBesideServerTests {
    let project: Project
    /// What runs has the first, what comes beside it the second.
    private var first: Int { project.outside }
    private var second: Int { project.outside + 1 }

    init() throws {
        project = try Project()
        for folder in ["", "../main/"] {
            try project.scratch.write(Self.listening("port = \(first)"), to: folder + "fixed.py")
            try project.scratch.write(Self.listening("port = int(os.environ['PORT'])"), to: folder + "app.py")
            try project.scratch.write("#!/bin/sh\nexec python3 app.py\n", to: folder + "run.sh")
        }
        try #require(try project.scratch.shell("chmod 755 run.sh ../main/run.sh") == .printed(""))
    }

    /// A server that ends with its input.
    private static func listening(_ port: String) -> String {
        """
        import os, socket, sys, threading
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
        \(port)
        listener = socket.create_server(("127.0.0.1", port))
        print("at", port, flush=True)
        while True: listener.accept()[0].close()
        """
    }

    private func start(_ port: Int, _ words: [String]) throws -> RunningProgram {
        try project.scratch.start(
            [Program.portrun, "-q", "--"] + words, environment: ["PORT=\(port)"] + project.scratch.environment)
    }

    private func number(of server: RunningProgram) throws -> Int { Int(try server.number(after: "at ")) }

    private static let commands = [
        ["./run.sh"], ["env", "python3", "app.py"], ["python3", "app.py"],
        ["bash", "-c", "python3 -c 'import runpy; runpy.run_path(\"app.py\")'"],
    ]

    @Test(arguments: commands)
    func itHasItsNumberInACheckoutThatIsAlone(_ words: [String]) throws {
        let server = try start(first, ["python3", "fixed.py"])
        #expect(try number(of: server) == first)
        let beside = try start(second, words)
        #expect(try number(of: beside) == second)
        // And again, beside both.
        let third = try start(second + 1, words)
        #expect(try number(of: third) == second + 1)
    }

    @Test(arguments: commands)
    func itHasASlotOfItsOwnInALinkedWorktree(_ words: [String]) throws {
        try #require(try project.scratch.shell("rm app.py fixed.py run.sh") == .printed(""))
        try project.becomeGuest()
        // Others have both numbers.
        try project.take(first)
        try project.take(second, for: "web")
        let server = try start(first, ["python3", "app.py", "first"])
        let ofServer = try number(of: server)
        let beside = try start(second, words)
        let ofBeside = try number(of: beside)
        #expect(ofBeside != ofServer)
        #expect(![first, second].contains(ofBeside))
    }

    /// Its wish was not to be had, so the client's is not either: both mean what runs.
    @Test func theSameNumberIsTheServersInALinkedWorktree() throws {
        try #require(try project.scratch.shell("rm app.py fixed.py run.sh") == .printed(""))
        try project.becomeGuest()
        try project.take(first)
        let server = try start(first, ["python3", "app.py"])
        let port = try number(of: server)
        #expect(port != first)
        let client = try project.run(
            "-q", "--", "env", "python3", "-c", "import os; print(os.environ['PO' + 'RT'])",
            variables: ["PORT=\(first)"])
        #expect(client == .printed("\(port)\n"))
    }

    /// Two servers run, and the client has the second one's number.
    @Test func aClientIsToldOfTheServerThatHasItsNumber() throws {
        let server = try start(first, ["python3", "fixed.py"])
        #expect(try number(of: server) == first)
        let other = try start(second, ["python3", "app.py"])
        #expect(try number(of: other) == second)
        let client = try project.run(
            "--", "env", "python3", "-c", "import os; print(os.environ['PO' + 'RT'])",
            variables: ["PORT=\(second)"])
        #expect(client == .printed("\(second)\n"))
        #expect(try project.run("list", "-q") == .printed("\(first)\n\(second)\n"))
    }
}
