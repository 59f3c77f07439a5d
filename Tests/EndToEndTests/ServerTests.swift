import Foundation
import Testing

@testable import PortrunCore

/// Real servers, each twice at once in two worktrees: each serves the port that is booked for it.
@Suite(.timeLimit(.minutes(3)))
struct ServerTests {
    @Test(arguments: ServerCase.all)
    func servesItsOwnPort(_ server: ServerCase) throws {
        if let missing = server.missing {
            try withKnownIssue("\(missing) is not installed", isIntermittent: true) {
                Issue.record("needs \(missing)")
            }
            return
        }
        let project = try Project()
        let folders = try worktrees(of: project, server.files)
        var ports: [Int] = []
        var running: [RunningProgram] = []
        for folder in folders {
            let program = try start(server, in: folder, project)
            running.append(program)
            // The port is booked before the server can run.
            ports.append(try bookedPort(in: folder, project))
        }
        #expect(Set(ports).count == 2)
        for (program, port) in zip(running, ports) {
            try waitUntilAnswering(port, program)
            #expect(try owner(of: port, isBelow: program.pid), "somebody else serves \(port)")
        }
        for program in running { program.signal(SIGTERM) }
    }

    /// A repository and a second worktree of it.
    private func worktrees(of project: Project, _ files: [String: String]) throws -> [String] {
        let folder = project.scratch.project
        for (name, text) in files { try project.scratch.write(text, to: name) }
        try project.scratch.write("", to: "README")
        let outcome = try project.scratch.shell(
            """
            git init -q -b main && git add . && git -c user.name=a -c user.email=a@example.org commit -q -m first
            git worktree add -q -b other ../other
            """)
        try #require(outcome == .printed(""))
        return [folder, Path.parent(folder) + "/other"]
    }

    private func start(_ server: ServerCase, in folder: String, _ project: Project) throws -> RunningProgram {
        var environment = project.scratch.environment.filter { !$0.hasPrefix("PATH=") }
        environment += ["PATH=\(ServerCase.folder):/usr/local/bin:/usr/bin:/bin", "PYTHONUNBUFFERED=1"]
        return try project.scratch.start(
            [Program.portrun, "run", "-v", "-C", folder, "web", "--"] + server.command, environment: environment)
    }

    private func bookedPort(in folder: String, _ project: Project) throws -> Int {
        let deadline = Deadline()
        while !deadline.hasPassed {
            let outcome = try project.run("get", "-C", folder, "-q", "--no-book", "web")
            if let port = Int(outcome.output.filter(\.isNumber)) { return port }
        }
        throw HarnessError.missed("a booking", output: "", errors: "")
    }

    private func waitUntilAnswering(_ port: Int, _ program: RunningProgram) throws {
        let deadline = Deadline()
        while !deadline.hasPassed, !program.hasExited() {
            program.output.read(milliseconds: 5)
            program.errors.read(milliseconds: 5)
            for host in ["127.0.0.1", "[::1]"] where HTTPClient.status(host, port) != nil { return }
        }
        throw HarnessError.missed("an answer on \(port)", output: program.output.text, errors: program.errors.text)
    }

    /// True when the process that listens on `port` is the program or one that it has started.
    private func owner(of port: Int, isBelow pid: Int32) throws -> Bool {
        #if os(Linux)
            let number = try #require(Port(port))
            guard let listener = ListeningProcess.find(number, .tcp) else { return false }
            return listener.pid == pid || ProcessTree.ancestors(of: listener.pid).contains(pid)
        #else
            true
        #endif
    }
}
