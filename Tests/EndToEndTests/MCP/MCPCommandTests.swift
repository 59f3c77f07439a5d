import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct MCPCommandTests {
    let project: Project

    init() throws { project = try Project() }

    private func json(_ words: String...) throws -> NSObject {
        let outcome = try project.run(words)
        return try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8), options: .fragmentsAllowed) as? NSObject)
    }

    @Test func answersAllThatHasComeBeforeItEnds() throws {
        let program = try project.scratch.start([Program.portrun, "mcp"])
        let request = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
        program.write("\n\(request)\r\nnonsense\n\(request)")
        program.closeInput()
        let answer = #"{"jsonrpc":"2.0","id":1,"result":{}}"#
        let refusal = #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"not a JSON document in UTF-8"}}"#
        #expect(try program.finish() == .printed("\(answer)\n\(refusal)\n\(answer)\n"))
    }

    @Test func goesOnAfterALineWithoutEnd() throws {
        let session = try MCPSession(in: project)
        let piece = String(repeating: "x", count: 1 << 16)
        for _ in 1...20 { session.program.write(piece) }
        session.program.write("\n")
        try session.program.wait(for: "a message has more than 1048576 bytes\"}}\n")
        #expect(try session.ask("ping").isEmpty)
        #expect(try session.finish().ending == .exited(0))
    }

    /// The shapes are those of the command line.
    @Test func givesWhatTheCommandLinePrints() throws {
        try project.scratch.write(
            "services: {db: {image: x, ports: ['${DB_PORT:-\(project.outside)}:5432']}}\n", to: "compose.yaml")
        let session = try MCPSession(in: project)
        let booked = try session.call("book", ["services": ["db", "api"], "description": "a note"])
        #expect(booked["bookings"] as? NSObject == (try json("book", "db", "api", "--json")))
        #expect(try session.call("status")["bookings"] as? NSObject == (try json("status", "--json")))
        #expect(try session.call("list")["bookings"] as? NSObject == (try json("list", "--json")))
        #expect(try session.call("doctor")["findings"] as? NSObject == (try json("doctor", "--json")))
        for (tool, arguments, words) in [
            ("check", ["port": project.outside], ["\(project.outside)"]), ("discover", [:], []),
            ("explain", ["command": ["./api", "{port:api}"]], ["--", "./api", "{port:api}"]),
        ] as [(String, [String: Any], [String])] {
            var given = try session.call(tool, arguments)
            #expect(given.removeValue(forKey: "notices") != nil)
            let outcome = try project.run([tool, "--json"] + words)
            let printed = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? NSObject
            #expect(given as NSObject == printed, "\(tool)")
        }
        let released = try session.call("release", ["all": true])
        #expect((released["bookings"] as? [Any])?.count == 2)
        #expect(try session.finish().errors == "")
    }

    @Test func waitsForWhatStartsMeanwhile() throws {
        let session = try MCPSession(in: project)
        let waiting = session.start("tools/call", ["name": "wait", "arguments": ["services": ["api"], "timeout": 50]])
        _ = try project.run("book", "api")
        let server = try Server(on: "127.0.0.1", port: project.first, in: project.scratch)
        let given = try session.result(of: waiting)["structuredContent"] as? [String: Any]
        #expect((given?["bookings"] as? [[String: Any]])?.first?["state"] as? String == "listening")
        #expect(given?["missing"] as? [String] == [])
        try server.close()
    }

    @Test func aWaitIsAnsweredWhenTheInputEnds() throws {
        let session = try MCPSession(in: project)
        let waiting = session.start("tools/call", ["name": "wait", "arguments": ["services": ["api"], "timeout": 50]])
        let ping = session.start("ping")
        let began = ContinuousClock.now
        session.program.closeInput()
        let given = try session.result(of: waiting)["structuredContent"] as? [String: Any]
        #expect(given?["missing"] as? [String] == ["api"])
        #expect(try session.result(of: ping).isEmpty)
        #expect(try session.program.finish().ending == .exited(0))
        #expect(ContinuousClock.now - began < .seconds(25))
    }

    @Test func aWaitThatIsTakenBackIsOver() throws {
        let session = try MCPSession(in: project)
        let waiting = session.start("tools/call", ["name": "wait", "arguments": ["services": ["api"], "timeout": 50]])
        // What comes in front of it is answered in its turn.
        let ping = session.start("ping")
        session.tell("notifications/cancelled", ["requestId": waiting + 1000])
        session.tell("notifications/cancelled", ["requestId": waiting])
        #expect(try session.result(of: ping).isEmpty)
        _ = session.start("tools/call", ["name": "wait", "arguments": ["services": ["api"], "timeout": 50]])
        let outcome = try session.finish()
        #expect(outcome.ending == .exited(0) && outcome.errors == "")
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func aSignalEndsIt(_ signal: Int32) throws {
        let session = try MCPSession(in: project)
        session.program.signal(signal)
        #expect(try session.program.finish().ending == .signalled(signal))
    }

    @Test func releasesNothingThatRuns() throws {
        let running = try project.start("run", "api")
        let session = try MCPSession(in: project)
        let text = try session.failure("release", ["services": ["api"]])
        #expect(text.hasPrefix("`api` is held by pid ") && text.contains("\nnext: end pid "))
        #expect(
            try session.call("lookup", ["services": ["api"]])["bookings"] as? NSObject
                == (try json("lookup", "api", "--json")))
        running.program.closeInput()
        _ = try running.program.finish()
    }

    /// Its standard input is the client's, whatever a command would read.
    @Test func explainReadsNothingFromTheClient() throws {
        let session = try MCPSession(in: project)
        let explaining = session.start(
            "tools/call", ["name": "explain", "arguments": ["command": ["docker", "compose", "-f", "-", "up"]]])
        let ping = session.start("ping")
        _ = try session.result(of: explaining)
        #expect(try session.result(of: ping).isEmpty)
    }

    @Test func tellsThatADamagedRegistryWasSetAside() throws {
        let session = try MCPSession(in: project)
        try Data("no database, but long enough to be taken for one".utf8)
            .write(to: URL(fileURLWithPath: project.scratch.registry))
        for name in ["-wal", "-shm"] { unlink(project.scratch.registry + name) }
        let notices = try session.call("status")["notices"] as? [String]
        #expect(notices?.first?.contains("set aside") == true, "\(notices ?? [])")
        #expect(try session.finish().errors == "")
    }

    @Test func aRegistryThatCannotBeUsedIsAnErrorOfTheTool() throws {
        let session = try MCPSession(in: project, "--registry", "/dev/null/registry.sqlite")
        let text = try session.failure("status")
        #expect(text.contains("/dev/null") && text.contains("\nnext: "))
        #expect(try session.ask("resources/list")["resources"] != nil)
    }

    #if os(Linux)
        /// A server lasts as long as its client.
        @Test func keepsNothingOfACall() throws {
            try project.scratch.write("services: {db: {image: x, ports: ['7000:5432']}}\n", to: "compose.yaml")
            let session = try MCPSession(in: project)
            func use(_ count: Int) throws -> (descriptors: Int, kilobytes: Int) {
                for _ in 0..<count {
                    _ = try session.call("book", ["services": ["api"]])
                    _ = try session.call("explain", ["command": ["docker", "compose", "up"]])
                    _ = try session.failure("check", ["port": 0])
                    _ = try session.call("release", ["all": true])
                    _ = try session.ask("resources/list")
                }
                let folder = "/proc/\(session.program.pid)"
                let status = String(decoding: try FileSystem.read(folder + "/status"), as: UTF8.self)
                let resident = try #require(status.firstMatch(of: /VmRSS:\s+([0-9]+) kB/))
                return (FileSystem.names(in: folder + "/fd")?.count ?? 0, try #require(Int(resident.1)))
            }
            let early = try use(20)
            let late = try use(100)
            #expect(late.descriptors == early.descriptors)
            #expect(late.kilobytes < early.kilobytes + 2048, "\(early) \(late)")
        }
    #endif

    @Test func standsWhereItIsTold() throws {
        try project.scratch.write("{}\n", to: "web/package.json")
        let session = try MCPSession(in: project, "-C", "web")
        #expect(try session.call("status")["path"] as? String == project.scratch.project + "/web")
        #expect(try session.call("status", ["checkout": ".."])["path"] as? String == project.scratch.project)
    }
}
