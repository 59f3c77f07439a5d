import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// Real servers, each twice at once in two worktrees: each serves the port that is booked for it.
@Suite(.timeLimit(.minutes(30)))
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
        for (index, folder) in folders.enumerated() {
            let program = try start(server, in: folder, port: project.web + index, project)
            // Nothing runs before its port is booked.
            running.append((program, try bookedPort(in: folder, project)))
        }
        #expect(running[0].port != running[1].port)
        for (program, port) in running { try waitUntilServing(port, program) }
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

    /// The port is of the project's own range: those that frameworks have by default may be taken on this machine.
    private func start(_ server: ServerCase, in folder: String, port: Int, _ project: Project) throws -> RunningProgram
    {
        let environment = project.scratch.environment.filter { !$0.hasPrefix("PATH=") }
        return try project.scratch.start(
            [Program.portrun, "run", "-C", folder, "web", "--port", "\(port)", "--"] + server.command,
            environment: environment + [
                "PATH=\(ServerCase.folder):/usr/local/bin:/usr/bin:/bin"
            ])
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

    /// Returns when `port` is answered, and by the program or what it has started.
    private func waitUntilServing(_ port: Int, _ program: RunningProgram) throws {
        let deadline = Deadline()
        while !deadline.hasPassed, !program.hasExited() {
            program.output.read(milliseconds: 5)
            program.errors.read(milliseconds: 5)
            for isIPv6 in [false, true] where HTTPAnswer.start(from: port, isIPv6: isIPv6)?.hasPrefix("HTTP/1") == true
            {
                // A server that reloads or has workers starts and ends processes that hold its socket.
                if isBelow(program, holderOf: port) { return }
            }
        }
        throw HarnessError.missed(
            "an answer of its own on \(port)", output: program.output.text, errors: program.errors.text)
    }

    private func isBelow(_ program: RunningProgram, holderOf port: Int) -> Bool {
        #if os(Linux)
            guard let port = PortrunBase.Port(port), let holder = ListeningProcess.find(on: port, .tcp) else {
                return false
            }
            return ProcessTree.ancestors(of: holder.pid).contains(program.pid)
        #else
            return true
        #endif
    }

    /// Ends the program and all that it has started.
    private func end(_ program: RunningProgram) {
        #if os(Linux)
            let pids = (FileSystem.names(in: "/proc") ?? []).compactMap { Int32($0) }
            // All are found first: the children of a dead one are nobody's.
            let below = pids.filter { ProcessTree.ancestors(of: $0).contains(program.pid) }
            for pid in below { kill(pid, SIGKILL) }
        #endif
        program.signal(SIGTERM)
        _ = try? program.finish()
    }
}
