import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// The port that a script has for when nobody sets `PORT`.
struct ScriptPortTests {
    @Test(
        arguments: [
            ("const port = process.env.PORT || 4000;", 4000), ("listen(Number(process.env.PORT) || 4000)", 4000),
            ("const port = process.env.PORT ?? 4000", 4000), ("parseInt(process.env.PORT, 10) || 4000", 4000),
            ("server.listen(process.env.PORT, '127.0.0.1')", nil), ("listen(process.env['PORT'], \"10.0.0.1\")", nil),
            ("listen(process.env.PORT, 511)", nil), ("const host = process.env.PORT || '127.0.0.1'", nil),
            ("port = int(os.environ.get(\"PORT\", \"4000\"))", 4000),
            ("port = os.getenv('PORT') or 4000", 4000), ("port ENV.fetch('PORT', 4000)", 4000),
            ("ENV['PORT'] || 4000", 4000), ("getenv('PORT') ?: 4000", 4000),
            ("a = process.env.PORT || 4000\nb = process.env.PORT || 4000", 4000),
            ("process.env.PORT || 4000; process.env.PORT || 4001", nil), ("process.env.DB_PORT || 5432", nil),
            ("process.env.PORTAL || 5432", nil), ("process.env.PORT", nil), ("PORT || 4000px", nil), ("", nil),
            ("process.env.PORT || 99999", nil),
        ] as [(String, Int?)])
    func isTheNumberBehindTheVariable(_ text: String, _ port: Int?) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "server.js")
        #expect(ScriptPort.find(in: folder.path + "/server.js", Look()).map { Int($0.port.number) } == port)
    }

    @Test(
        arguments: [
            ("listen(process.env.PORT)", true), ("port = int(os.environ[\"PORT\"])", true),
            ("os.Getenv('PORT')", true), ("ENV.fetch('PORT')", true), ("const { PORT, HOST } = process.env", true),
            ("process.env.PORT || 4000", false), ("listen(process.env.PORT); PORT || 4000", false),
            ("// PORT is 3000", false), ("const PORT = 3000", false), ("process.env.PORTAL", false), ("", false),
        ])
    func isNeededWhereThereIsNoOther(_ text: String, _ isNeeded: Bool) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "server.js")
        #expect(ScriptPort.needsPort(folder.path + "/server.js", Look()) == isNeeded)
    }

    @Test func eachOfTwoScriptsHasItsOwn() throws {
        let folder = try TemporaryFolder()
        try folder.write("listen(process.env.PORT || 4000)", to: "api/index.js")
        try folder.write("listen(process.env.PORT || 4001)", to: "hooks/index.js")
        try folder.write(#"{"scripts": {"dev": "node api/index.js & node hooks"}}"#, to: "package.json")
        let calls = FrameworkCalls(["npm", "run", "dev"], in: folder.path)
        #expect(calls.calls.map { $0.port.map { Int($0.number) } } == [4000, 4001])
        #expect(calls.calls.map(\.route) == [.preload, .preload])
        let servers = calls.servers(root: folder.path, workingDirectory: folder.path)
        #expect(servers.map(\.service) == ["api", "hooks"])
    }

    @Test func oneScriptReadsTheVariable() throws {
        let folder = try TemporaryFolder()
        try folder.write("port = int(os.environ.get('PORT', '4000'))", to: "app.py")
        let calls = FrameworkCalls(["python3", "app.py"], in: folder.path)
        #expect(calls.calls.map { $0.port.map { Int($0.number) } } == [4000])
        #expect(calls.calls.map(\.route) == [.none])
    }
}
