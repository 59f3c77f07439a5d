import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// The port that a framework's configuration file says, and nothing where it is not plain which.
struct ConfiguredPortTests {
    private static let vite = ConfiguredPort.Source.module(names: ["vite.config"], keys: ["server", "port"])

    @Test(
        arguments: [
            ("export default { server: { port: 3001, strictPort: true } }", 3001),
            ("module.exports = defineConfig({\n  plugins: [react()],\n  'server': { \"port\": 3001 }\n})", 3001),
            ("export default defineConfig(() => ({ server: { host: true, port: 3001 } }))", 3001),
            ("export default { server: { port: Number(process.env.PORT) || 3001 } }", 3001),
            ("export default { server: { port: process.env.PORT ?? 3001 } }", 3001),
            ("export default { server: { port: parseInt(process.env.PORT || '3001', 10) } }", 3001),
            ("// server: { port: 1 }\n/* port: 2 */ export default { server: { port: 3001 } }", 3001),
            ("const url = `http://${host}/{`, re = /[{/]\\//\nexport default { server: { port: 3001 } }", 3001),
            ("export default { server: { proxy: { '/api': { target: x, port: 4000 } }, port: 3001 } }", 3001),
            ("export default { preview: { port: 4000 } }", nil),
            ("export default { plugins: [proxy({ server: { port: 4000 } })] }", nil),
            ("export default { test: { server: { port: 4000 } } }", nil),
            ("export default { server: { port: dev ? 3000 : 3001 } }", nil),
            ("export default { server: dev ? { port: 3000 } : { port: 3001 } }", nil),
            ("export default { server: { port: port } }", nil),
            ("export default { server: { port: base + 1 } }", nil),
            ("const a = { server: { port: 1111 } }\nexport default { server: { port: 3001 } }", nil),
            ("export default { server: { port: 99999 } }", nil), ("export default { server: { port: ", nil),
            ("}}}", nil), ("", nil),
        ] as [(String, Int?)])
    func isTheLiteralUnderItsKeys(_ text: String, _ port: Int?) throws {
        #expect(try found(Self.vite, text, in: "vite.config.ts").map { Int($0.port.number) } == port)
    }

    @Test func saysItsFileAndLine() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "// The port is in bookmarks.\nexport default {\n  server: {\n    port: 3001 } }", to: "vite.config.js")
        let port = try #require(ConfiguredPort.find(Self.vite, in: folder.path, Look()))
        #expect(port.file == folder.path + "/vite.config.js")
        #expect(port.line == 4)
    }

    @Test(
        arguments: [
            ("application.yml", "server:\n  port: 8888\n", 8888),
            ("application.yml", "spring:\n  port: 1\nserver: # here\n  address: x\n  port: ${PORT:8888} # us\n", 8888),
            ("application.yaml", "server.port: '8888'\n", 8888),
            ("application.properties", "a=b\nserver.port = 8888\nmanagement.server.port=9\n", 8888),
            ("application.yml", "management:\n  server:\n    port: 9000\n", nil),
            ("application.yml", "server:\n  port: 8888\n---\nserver:\n  port: 9999\n", nil),
            ("application.yml", "server:\n  port: ${PORT}\n", nil),
        ] as [(String, String, Int?)])
    func isTheOneOfSpring(_ file: String, _ text: String, _ port: Int?) throws {
        let found = try found(.springApplication, text, in: "src/main/resources/\(file)")
        #expect(found.map { Int($0.port.number) } == port)
    }

    @Test(
        arguments: [
            (#"{"profiles": {"http": {"commandName": "Project", "applicationUrl": "http://localhost:5123"}}}"#, 5123),
            (
                """
                {"profiles": {"iis": {"commandName": "IISExpress", "applicationUrl": "http://localhost:1"},
                "p": {"commandName": "Project", "applicationUrl": "https://localhost:7001;http://localhost:5123/"}}}
                """, 5123
            ), (#"{"profiles": {"http": {"commandName": "Project"}}}"#, nil), ("{", nil),
        ] as [(String, Int?)])
    func isTheOneOfDotnet(_ text: String, _ port: Int?) throws {
        let found = try found(.launchSettings, text, in: "Properties/launchSettings.json")
        #expect(found.map { Int($0.port.number) } == port)
    }

    @Test(
        arguments: [
            (#"{"projects": {"app": {"architect": {"serve": {"options": {"port": 4300}}}}}}"#, 4300),
            (#"{"projects": {"a": {"targets": {"serve": {"options": {"port": 4300}}}}, "b": {}}}"#, 4300),
            (
                #"{"projects": {"a": {"targets": {"serve": {"options": {"port": 4300}}}}, "b": {"architect": {"serve": {"options": {"port": 4301}}}}}}"#,
                nil
            ), (#"{"projects": {}}"#, nil),
        ] as [(String, Int?)])
    func isTheOneOfAngular(_ text: String, _ port: Int?) throws {
        #expect(try found(.angularWorkspace, text, in: "angular.json").map { Int($0.port.number) } == port)
    }

    @Test(
        arguments: [
            ("port 3100\n", 3100), ("threads 5\nport ENV.fetch(\"PORT\", 3100)\n", 3100),
            ("port        ENV.fetch(\"PORT\") { 3100 }\n", 3100), ("port ENV['PORT'] || 3100 # here", 3100),
            ("port base + 1\n", nil), ("port 1\nport 2\n", nil), ("# port 3100\n", nil),
        ] as [(String, Int?)])
    func isTheOneOfPuma(_ text: String, _ port: Int?) throws {
        #expect(try found(.pumaConfiguration, text, in: "config/puma.rb").map { Int($0.port.number) } == port)
    }

    /// Each is read within the look's time, or the values that it counts.
    @Test(
        arguments: [
            (.angularWorkspace, "angular.json", "{\"a\": [", "0,"),
            (.launchSettings, "Properties/launchSettings.json", "{\"a\": [", "0,"),
            (.angularWorkspace, "angular.json", "{\"a\": \"", "\\u00e9"),
            (.springApplication, "config/application.yml", "", "server:\n port: 1\n"),
            (.springApplication, "config/application.properties", "", "server.port=1\n"),
            (.pumaConfiguration, "config/puma.rb", "", "port 1\n"),
        ] as [(ConfiguredPort.Source, String, String, String)])
    func isReadWithinTheLook(_ source: ConfiguredPort.Source, _ file: String, _ start: String, _ part: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(start + String(repeating: part, count: 1_000_000 / part.utf8.count), to: file)
        let look = Look(LookLimits(milliseconds: 5, bytes: 2 << 20))
        #expect(ConfiguredPort.find(source, in: folder.path, look) == nil)
        #expect(look.end != nil)
    }

    /// Almost the address, as often as there is room for it.
    @Test func aLongAddressIsNotLookedForAtEveryByte() throws {
        let address = String(repeating: "http://", count: 40_000)
        let text =
            "{\"x\": \"\(address)\(address)\", \"profiles\": {\"p\": {\"commandName\": \"Project\", \"applicationUrl\": "
            + "\"\(address):80\"}}}"
        #expect(try found(.launchSettings, text, in: "Properties/launchSettings.json")?.line == 1)
    }

    private func found(_ source: ConfiguredPort.Source, _ text: String, in file: String) throws -> ConfiguredPort? {
        let folder = try TemporaryFolder()
        try folder.write(text, to: file)
        return ConfiguredPort.find(source, in: folder.path, Look())
    }
}
