import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit
@testable import PortrunRegistry

/// What the readers of single files make of them; places are lines, `own` is the command's own service.
struct AdoptionTests {
    private let own = "own" as ServiceName

    @Test(
        arguments: [
            ("PORT=3000", ["own 3000 1"]), ("\nexport API_GATEWAY_PORT=\"3001\" # x", ["api-gateway 3001 2"]),
            ("DB_PORT = '5432'", ["db 5432 1"]), ("DATABASE_URL=postgres://me:a@localhost:5432/x", ["postgres 5432 1"]),
            ("DATABASE_URL=postgresql://127.0.0.1:5432/x", ["postgres 5432 1"]),
            ("REDIS_URL=redis://localhost:6379", ["redis 6379 1"]),
            ("API_URL=http://localhost:4000/v1", ["api 4000 1"]),
            ("NEXT_PUBLIC_API_BASE_URL=http://localhost:4000", ["next-public-api 4000 1"]),
            ("BIND=0.0.0.0:8000", ["bind 8000 1"]), ("DB_HOST=localhost\nDB_PORT=5432", ["db 5432 2"]),
            ("KAFKA_BROKERS=localhost:9092,localhost:9093", ["kafka-brokers 9092 1", "kafka-brokers 9093 1"]),
            ("MULTI=\"a\nX_PORT=8109\n\"\nPORT=3000", ["own 3000 4"]), ("URL=http://localhost:3000", ["own 3000 1"]),
            // What is none.
            ("DB_HOST=db.example.org\nDB_PORT=5432", []), ("SMTP_PORT=587", []), ("# PORT=3000", []), ("PORT=", []),
            ("PORT=x", []), ("PORT", []), ("=3000", []), ("SUPPORT=3000", []), ("URL=https://example.org:8443", []),
            ("DATABASE_URL=postgres://db:5432/x", []), ("\u{0}\u{1B}=\u{7F}", []),
        ] as [(String, [String])])
    func readsEnvFiles(_ text: String, _ found: [String]) {
        let ports = DotenvPorts.read(Array(text.utf8), at: "/.env", file: ".env", Look()) { _ in own }
        #expect(ports.map(\.summary) == found)
    }

    @Test(
        arguments: [
            (#"{"scripts": {"dev": "vite --port 3000"}}"#, ["own 3000 1"]),
            (
                "{\n\"dev\": 1,\n\"scripts\": {\n\"dev:api\": \"x -p 3001\",\n\"dev\": \"x -p 3000\"\n}}",
                ["api 3001 4", "own 3000 5"]
            ),
            (#"{"scripts": {"test": "API_PORT=4000 jest"}}"#, ["api 4000 1"]),
            (
                #"{"scripts": {"dev": "API_URL=http://localhost:4000 node --inspect=9333"}}"#,
                ["api 4000 1", "debug 9333 1"]
            ),
            (#"{"scripts": ["x --port 3000"]}"#, []), (#"{"scripts": {"dev": 3000}}"#, []), ("{}", []), ("[]", []),
            (#"{"scripts": {"a\u0062": "x -p 3000"}}"#, ["ab 3000 1"]),
        ] as [(String, [String])])
    func readsPackageScripts(_ text: String, _ found: [String]) throws {
        let scripts = try #require(try Self.scripts(in: text))
        #expect(scripts.ports(in: "package.json", own: own, Look()).map(\.summary) == found)
    }

    @Test(arguments: ["", "{", "{'scripts': {}}"])
    func refusesABrokenPackage(_ text: String) throws {
        #expect(try Self.scripts(in: text) == nil)
    }

    private static func scripts(in text: String) throws -> PackageScripts? {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "package.json")
        return try PackageScripts(at: folder.path + "/package.json", Look())
    }

    @Test(
        arguments: [
            ("web: rails s -p 3000\nworker: x\n\napi: x --port 3001", ["own 3000 1", "api 3001 4"]),
            ("dev: x -p 3000", ["own 3000 1"]),
            ("# web: x -p 3000", []), ("x -p 3000", []), (":", []),
        ] as [(String, [String])])
    func readsProcfiles(_ text: String, _ found: [String]) {
        let ports = ProcfilePorts.read(Array(text.utf8), at: "/Procfile", file: "Procfile", own: own, Look())
        #expect(ports.map(\.summary) == found)
    }

    @Test(
        arguments: [
            ("run:\n\tx --port 3000\n", ["own 3000 2"]),
            ("docs: a b\n\t@x -p 3001\n\tx -p 3002", ["docs 3001 2", "docs 3002 3"]),
            ("PORT ?= 8000\nexport API_PORT := 8001 # x\nX=9000", ["own 8000 1", "api 8001 2"]),
            ("docs:\n\tAPI_PORT=3000 x", ["api 3000 2"]), ("docs:\n\t# x -p 3000\n# x\n=\n:", []),
            ("docs:\n\tx --port $(PORT)", []),
            ("docs:\n\t@-ssh -p 2222 x\n\t@docker run -p 8092:80 x", ["docs 8092 3"]),
        ] as [(String, [String])])
    func readsMakefiles(_ text: String, _ found: [String]) {
        let ports = MakefilePorts.read(Array(text.utf8), at: "/Makefile", file: "Makefile", own: own, Look())
        #expect(ports.map(\.summary) == found)
    }

    @Test func mergesWhatSeveralFilesSay() throws {
        let found = try Self.found([
            ".env": "PORT=3000\nAPI_PORT=4000\n", ".env.test": "PORT=3001\n", ".envrc": "PORT=9999\n",
            "package.json": #"{"scripts": {"dev": "x -p 3000"}}"#,
        ])
        #expect(found == ["web 3000 .env:1 package.json:1", "api 4000 .env:2", "web-3001 3001 .env.test:1"])
    }

    /// What a launch in the same folder books.
    @Test(
        arguments: [
            // The port of a launch is that of the file that wins there.
            ([".env": "PORT=3000", ".env.local": "PORT=3001"], ["web-3000 3000 .env:1", "web 3001 .env.local:1"]),
            // A framework's own port is bound where nobody says another.
            ([".env": "VITE_PORT=5173", "package.json": package("dev", "vite")], ["web 5173 .env:1 package.json:1"]),
            (
                ["package.json": package("storybook", "storybook dev -p 6106", "dev", "next dev")],
                ["web 3000 package.json:1", "storybook 6106 package.json:1"]
            ),
            (
                ["package.json": package("both", #"concurrently 'vite --port 5210' 'storybook dev -p 6106'"#)],
                ["vite 5210 package.json:1", "storybook 6106 package.json:1"]
            ),
            (["package.json": package("dev:api", "uvicorn --port 3001")], ["web 3001 package.json:1"]),
            ([".env": "WEB_PORT=8080\nPORT=3000"], ["web-8080 8080 .env:1", "web 3000 .env:2"]),
            (
                [
                    ".env": "PORT=4000",
                    "package.json": package("start", "x -p 3001", "dev", "vite -p 3000 --port 3000"),
                ],
                // Vite reads no `PORT`.
                ["web-4000 4000 .env:1", "web 3000 package.json:1", "web-3001 3001 package.json:1"]
            ),
            (
                [
                    ".env": "PORT=4000", "package.json": package("start", "node server.js"),
                    "server.js": "require('dotenv').config(); app.listen(process.env.PORT || 3000)",
                ], ["web 4000 .env:1"]
            ),
            (
                [
                    ".env": "PORT=4000", "package.json": package("start", "node server.js"),
                    "server.js": "app.listen(process.env.PORT || 3000)",
                ], ["web-4000 4000 .env:1", "web 3000 package.json:1"]
            ),
            (["package.json": "{"], []),
        ] as [([String: String], [String])])
    func namesPortsAsALaunchDoes(_ files: [String: String], _ found: [String]) throws {
        #expect(try Self.found(files) == found)
    }

    private static func found(_ files: [String: String]) throws -> [String] {
        let folder = try TemporaryFolder()
        for (name, text) in files { try folder.write(text, to: name) }
        let system = System(environment: Environment(), workingDirectory: folder.path, now: 0)
        let location = try RegistryLocation(option: "registry.sqlite", system: system)
        let adoption = try Adoption(of: try Plan(declaredBy: nil, in: Checkout(system, location: location, name: "x")))
        return adoption.ports.map { "\($0.service) \($0.ports) " + $0.places.map(\.description).joined(separator: " ") }
    }

    private static func package(_ scripts: String...) -> String {
        let pairs = stride(from: 0, to: scripts.count, by: 2).map { "\"\(scripts[$0])\": \"\(scripts[$0 + 1])\"" }
        return "{\"scripts\": {" + pairs.joined(separator: ", ") + "}}"
    }
}

extension FoundPort {
    fileprivate var summary: String { "\(service) \(ports) \(places[0].line)" }
}
