import Foundation
import PortrunCore
import Testing

/// Real servers, each twice at once in two worktrees: each serves the port that is booked for it.
@Suite(.timeLimit(.minutes(4)))
struct ServerTests {
    static let missing = Set(ServerCase.all.compactMap(\.missing)).sorted()

    @Test(.enabled(if: missing.isEmpty, "not installed: \(missing.joined(separator: ", "))"))
    func allServersAreHere() {
        #expect(ServerCase.all.count >= 20)
    }

    @Test(arguments: ServerCase.all.filter { $0.missing == nil })
    func servesThePortThatIsBooked(_ server: ServerCase) throws {
        let project = try Project()
        let folders = try worktrees(of: project, server.files)
        var running: [(program: RunningProgram, port: Int)] = []
        defer { for server in running { end(server.program) } }
        for folder in folders {
            let program = try start(server, in: folder, project)
            // Nothing runs before its port is booked.
            running.append((program, try bookedPort(in: folder, project)))
        }
        #expect(running[0].port != running[1].port)
        for (program, port) in running {
            let listener = try listener(on: port, program)
            #if os(Linux)
                #expect(listener == program.pid || ProcessTree.ancestors(of: listener).contains(program.pid))
            #endif
        }
    }

    /// A repository and a second worktree of it.
    private func worktrees(of project: Project, _ files: [String: String]) throws -> [String] {
        let folder = project.scratch.project
        for (name, text) in files { try project.scratch.write(text, to: name) }
        try project.scratch.write("hello\n", to: "index.html")
        let outcome = try project.scratch.shell(
            """
            git init -q -b main && git add . && git -c user.name=a -c user.email=a@example.org commit -q -m first
            git worktree add -q -b other ../other
            """)
        try #require(outcome.ending == .exited(0), "\(outcome.errors)")
        return [folder, Path.parent(folder) + "/other"]
    }

    private func start(_ server: ServerCase, in folder: String, _ project: Project) throws -> RunningProgram {
        let environment = project.scratch.environment.filter { !$0.hasPrefix("PATH=") }
        return try project.scratch.start(
            [Program.portrun, "run", "-C", folder, "web", "--"] + server.command,
            environment: environment + ["PATH=\(ServerCase.folder):/usr/local/bin:/usr/bin:/bin"])
    }

    private func bookedPort(in folder: String, _ project: Project) throws -> Int {
        var port: Int?
        try Deadline.wait(for: "a booking") {
            let outcome = try project.run("get", "-C", folder, "-q", "--no-book", "web")
            port = Int(outcome.output.filter(\.isNumber))
            return port != nil
        }
        return try #require(port)
    }

    /// The process that answers on `port`, once one does.
    private func listener(on port: Int, _ program: RunningProgram) throws -> Int32 {
        let deadline = Deadline()
        while !deadline.hasPassed, !program.hasExited() {
            program.output.read(milliseconds: 5)
            program.errors.read(milliseconds: 5)
            for isIPv6 in [false, true] where HTTPAnswer.start(from: port, isIPv6: isIPv6)?.hasPrefix("HTTP/1") == true
            {
                return PortrunCore.Port(port).flatMap { ListeningProcess.find(on: $0, .tcp)?.pid } ?? program.pid
            }
        }
        throw HarnessError.missed("an answer on \(port)", output: program.output.text, errors: program.errors.text)
    }

    /// Ends the program and all that it has started.
    private func end(_ program: RunningProgram) {
        #if os(Linux)
            let pids = (FileSystem.names(in: "/proc") ?? []).compactMap { Int32($0) }
            for pid in pids where ProcessTree.ancestors(of: pid).contains(program.pid) { kill(pid, SIGKILL) }
        #endif
        program.signal(SIGTERM)
        _ = try? program.finish()
    }
}
