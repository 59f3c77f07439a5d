import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose
@testable import PortrunKit

/// The number that a command line tells a script of the project's own.
struct ScriptFlagTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("createServer().listen(port)", to: "server.js")
        try folder.write("app.listen(port)", to: "src/index.ts")
        try folder.write("HTTPServer(('', a.port), H).serve_forever()", to: "py/app.py")
        try folder.write("connect(port)", to: "client.js")
    }

    private func calls(_ script: String) throws -> FrameworkCalls {
        let text = JSONValue.object(["name": .string("x"), "scripts": .object(["dev": .string(script)])]).text
        try folder.write(text, to: "package.json")
        return FrameworkCalls(["npm", "run", "dev"], in: folder.path)
    }

    @Test(arguments: [
        ("node server.js --port 14000", FrameworkCall.Route.preload), ("node server.js --port=14000", .preload),
        ("node --watch server.js -p 14000", .preload), ("NODE_ENV=x node server.js -p 14000 --open", .preload),
        ("tsx watch src/index.ts -p 14000", .preload), ("cd src && tsx index.ts --port 14000", .preload),
        ("nodemon server.js --port '14000'", .preload), ("python3 py/app.py --port 14000", .fixed),
        ("node server.js --host localhost --port 14000", .preload),
    ])
    func isDeclaredWhereItIsUnambiguous(_ script: String, _ route: FrameworkCall.Route) throws {
        let calls = try calls(script).calls
        #expect(calls.map(\.port) == [Port(14000)])
        #expect(calls.map(\.route) == [route])
        #expect(calls.first?.place?.line() == 4)
    }

    @Test(arguments: [
        "node server.js --port $P", "node server.js --port 14000 -p 14001", "node server.js --port 80",
        "node server.js -- --port 14000", "node server.js -p14000", "node server.js --ports 14000",
        "node server.js --port", "node client.js --port 14000", "node missing.js --port 14000",
        "node server.js --host db.example.com --port 14000", "node -p 14000", "serve-it --port 14000",
    ])
    func isNoneElsewhere(_ script: String) throws {
        #expect(try calls(script).calls.isEmpty)
    }

    @Test func twoRunsOfOneScriptAreToldApart() throws {
        let found = try calls("node server.js --port 14000 & node server.js --port 14001")
        #expect(found.calls.map(\.port) == [Port(14000), Port(14001)])
        #expect(found.calls.map(\.arguments) == [["--port", "14000"], ["--port", "14001"]])
        let names = found.servers(root: folder.path, workingDirectory: folder.path).map(\.service)
        #expect(names == ["server", "server-2"])
    }

    @Test func aNumberOfAnotherServerIsAClients() throws {
        let found = try calls("vite --port 14000 & node server.js --port 14000").calls
        #expect(found.map(\.framework.name) == ["vite"])
        #expect(found.first?.place?.name == "dev")
        var client = try calls("node server.js --port 15432")
        try folder.write("services: {db: {image: postgres, ports: ['15432:5432']}}", to: "compose.yaml")
        let project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder.path)))
        #expect(client.calls.count == 1)
        client.dropClients(of: project.ports)
        #expect(client.calls.isEmpty)
    }

    @Test func aTypedOneIsTheUsersWish() {
        let found = FrameworkCalls(["node", "server.js", "--port", "14000"], in: folder.path)
        #expect(found.calls.map(\.isTyped) == [true])
        #expect(found.calls.map(\.route) == [.none])
    }
}
