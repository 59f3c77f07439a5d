import PortrunBase
import PortrunKit
import PortrunLaunch
import Testing

/// A running `portrund` of a test's own, with a door on a port that the system has chosen.
final class TestDaemon {
    let project: Project
    let program: RunningProgram
    let socket: String
    /// Where the door is.
    let address: LoopbackAddress

    /// - Parameters:
    ///   - words: behind the program's name, beside the door.
    ///   - before: stands before the program's name.
    init(in project: Project, _ words: [String] = [], variables: [String] = [], before: [String] = []) throws {
        self.project = project
        socket = Path.absolute("../portrund.sock", in: project.scratch.registry)
        program = try project.scratch.start(
            before + [Program.portrund, "--door", "api=127.0.0.1:0"] + words,
            environment: variables + project.scratch.environment)
        let (path, program) = (socket, program)
        try Deadline.wait(for: "the daemon") {
            (try? HTTPConnection(path: path)) != nil || program.hasExited()
        }
        let doors = try HTTPConnection(path: socket).ask("GET", "/api/v1/daemon").json["doors"]?.elements ?? []
        let addresses = doors.compactMap { $0["address"]?.string.flatMap(LoopbackAddress.init(_:)) }
        address = try #require(addresses.first)
    }

    convenience init() throws { try self.init(in: Project()) }

    /// Asks over the unix socket, on a connection of its own.
    func ask(_ method: String = "GET", _ path: String, body: JSONValue? = nil) throws -> HTTPConnection.Reply {
        let fields = body == nil ? [:] : ["Content-Type": "application/json"]
        return try HTTPConnection(path: socket).ask(method, path, fields, body: body?.line)
    }

    /// Asks through the door.
    func askDoor(
        _ method: String = "GET", _ path: String = "/healthz", host: String? = nil, _ fields: [String: String] = [:],
        body: String? = nil
    ) throws -> HTTPConnection.Reply {
        try HTTPConnection(address).ask(method, path, host: host ?? address.description, fields, body: body)
    }

    /// Has it end, which nothing goes wrong at.
    func stop() throws {
        program.signal(SIGTERM)
        #expect(try program.finish() == Outcome(ending: .exited(0), output: "", errors: ""))
    }
}
