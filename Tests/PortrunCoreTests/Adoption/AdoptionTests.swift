import Testing

@testable import PortrunCore

/// What the readers of single files make of them; places are lines.
struct AdoptionTests {
    @Test(
        arguments: [
            ("PORT=3000", ["web 3000 1"]), ("\nexport API_GATEWAY_PORT=\"3001\" # x", ["api-gateway 3001 2"]),
            ("DB_PORT = '5432'", ["db 5432 1"]), ("DATABASE_URL=postgres://me:a@localhost:5432/x", ["postgres 5432 1"]),
            ("DATABASE_URL=postgresql://127.0.0.1:5432/x", ["postgres 5432 1"]),
            ("REDIS_URL=redis://localhost:6379", ["redis 6379 1"]),
            ("API_URL=http://localhost:4000/v1", ["api 4000 1"]),
            ("NEXT_PUBLIC_API_BASE_URL=http://localhost:4000", ["next-public-api 4000 1"]),
            ("BIND=0.0.0.0:8000", ["bind 8000 1"]), ("DB_HOST=localhost\nDB_PORT=5432", ["db 5432 2"]),
            // What is none.
            ("DB_HOST=db.example.org\nDB_PORT=5432", []), ("SMTP_PORT=587", []), ("# PORT=3000", []), ("PORT=", []),
            ("PORT=x", []), ("PORT", []), ("=3000", []), ("SUPPORT=3000", []), ("URL=https://example.org:8443", []),
            ("DATABASE_URL=postgres://db:5432/x", []), ("\u{0}\u{1B}=\u{7F}", []),
        ] as [(String, [String])])
    func readsEnvFiles(_ text: String, _ found: [String]) {
        #expect(DotenvPorts.read(text, file: ".env").map(\.summary) == found)
    }

    @Test(
        arguments: [
            (#"{"scripts": {"dev": "vite --port 3000"}}"#, ["web 3000 1"]),
            (
                "{\n\"dev\": 1,\n\"scripts\": {\n\"dev:api\": \"x -p 3001\",\n\"dev\": \"x -p 3000\"\n}}",
                ["api 3001 4", "web 3000 5"]
            ),
            (#"{"scripts": {"test": "API_PORT=4000 jest"}}"#, ["api 4000 1"]),
            (#"{"scripts": ["x --port 3000"]}"#, []), (#"{"scripts": {"dev": 3000}}"#, []), ("{", []), ("", []),
            (#"{"scripts": {"a\u0062": "x -p 3000"}}"#, ["ab 3000 1"]),
        ] as [(String, [String])])
    func readsPackageScripts(_ text: String, _ found: [String]) {
        #expect(PackagePorts.read(text, file: "package.json").map(\.summary) == found)
    }

    @Test(
        arguments: [
            ("web: rails s -p 3000\nworker: x\n\napi: x --port 3001", ["web 3000 1", "api 3001 4"]),
            ("# web: x -p 3000", []), ("x -p 3000", []), (":", []),
        ] as [(String, [String])])
    func readsProcfiles(_ text: String, _ found: [String]) {
        #expect(ProcfilePorts.read(text, file: "Procfile").map(\.summary) == found)
    }

    @Test(
        arguments: [
            ("run:\n\tx --port 3000\n", ["web 3000 2"]),
            ("docs: a b\n\t@x -p 3001\n\tx -p 3002", ["docs 3001 2", "docs 3002 3"]),
            ("PORT ?= 8000\nexport API_PORT := 8001 # x\nX=9000", ["web 8000 1", "api 8001 2"]),
            ("docs:\n\tAPI_PORT=3000 x", ["api 3000 2"]), ("docs:\n\t# x -p 3000\n# x\n=\n:", []),
            ("docs:\n\tx --port $(PORT)", []),
        ] as [(String, [String])])
    func readsMakefiles(_ text: String, _ found: [String]) {
        #expect(MakefilePorts.read(text, file: "Makefile").map(\.summary) == found)
    }

    @Test func mergesWhatSeveralFilesSay() throws {
        let folder = try TemporaryFolder()
        try folder.write("PORT=3000\nAPI_PORT=4000\n", to: ".env")
        try folder.write("PORT=3001\n", to: ".env.test")
        try folder.write(#"{"scripts": {"dev": "x -p 3000"}}"#, to: "package.json")
        try folder.write("PORT=9999\n", to: ".envrc")
        let found = Adoption([], in: folder.path).ports.map { port in
            "\(port.service) \(port.ports) " + port.places.map(\.description).joined(separator: " ")
        }
        #expect(found == ["web 3000 .env:1 package.json:1", "api 4000 .env:2", "web-3001 3001 .env.test:1"])
    }
}

extension FoundPort {
    fileprivate var summary: String { "\(service) \(ports) \(places[0].line)" }
}
