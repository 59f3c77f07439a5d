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

    @Test(
        arguments: [
            ("sync.js", "// serves nothing: it does not listen (to anybody)\nconst server = connect(port)"),
            ("sync.js", "/* createServer() */ socket.addEventListener('x'); observe(server)"),
            ("sync.py", "# app.run(port)\nreserved = smtplib.SMTP('localhost', port)\nsubprocess.run(['x'])"),
            ("sync.js", "getServer().connect(port); preserve(port)"),
            ("sync.rb", "TCPSocket.new('localhost', port) # serve()"),
        ])
    func aClientIsNone(_ name: String, _ text: String) throws {
        try folder.write(text, to: name)
        let runner = name.hasSuffix("py") ? "python3" : name.hasSuffix("rb") ? "ruby" : "node"
        #expect(try calls("\(runner) \(name) -p 1025").calls.isEmpty)
        #expect(FrameworkCalls([runner, name, "-p", "1025"], in: folder.path).calls.isEmpty)
    }

    @Test(
        arguments: [
            ("s.js", "Bun.serve({port})"), ("s.js", "new WebSocketServer({port})"),
            ("s.js", "await app.listen ({ port })"),
            ("s.py", "app.run(port=a.port)"), ("s.py", "uvicorn.run(app, port=a.port)"), ("s.py", "web.run_app(app)"),
            ("s.rb", "TCPServer.new(port)"), ("s.js", "const url = 'http://x'; http.createServer(f)"),
            ("s.js", "const s = Hapi.server({ port })"),
        ])
    func aCallThatListensMakesAServer(_ name: String, _ text: String) throws {
        try folder.write(text, to: name)
        let runner = name.hasSuffix("py") ? "python3" : name.hasSuffix("rb") ? "ruby" : "node"
        #expect(try calls("\(runner) \(name) -p 14000").calls.map(\.port) == [Port(14000)])
    }

    @Test(arguments: [("mailhog", 1025, 0), ("redis", 1025, 0), ("web", 1025, 1), ("mailhog", 1026, 1)])
    func aNumberThatComposePublishesIsNoScripts(_ service: String, _ number: Int, _ count: Int) throws {
        let text = "services: {\(service): {image: \(service), ports: ['\(number):80']}}"
        try folder.write(text, to: "compose.yaml")
        let project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder.path)))
        var calls = try calls("node server.js -p 1025")
        calls.dropClients(of: project.ports)
        #expect(calls.calls.count == count)
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
