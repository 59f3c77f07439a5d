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

    @Test(
        arguments: [
            ("port 3100; threads 1, 1\n", "-p 7"), ("threads 1, 1; port 3100\n", "-p 7"),
            ("bind \"tcp://0.0.0.0:3100\"\n", "-b tcp://0.0.0.0:7"),
            ("bind 'tcp://[::1]:3100' # x", "-b tcp://[::1]:7"),
            ("bind \"tcp://0.0.0.0:#{port}\"\n", nil), ("bind 'unix://x.sock'\n", nil),
            ("port 3100\nbind 'tcp://0.0.0.0:3100'\n", nil), ("port base\n", nil),
        ] as [(String, String?)])
    func pumaKeepsItsAddressWhenItIsTold(_ text: String, _ words: String?) throws {
        #expect(try told(["puma"], text, in: "config/puma.rb") == words.map { "3100: \($0)" })
    }

    @Test(
        arguments: [
            ("bind = \"0.0.0.0:3100\"\n", "--bind 0.0.0.0:7"), ("bind = ['[::]:3100'] # x", "--bind [::]:7"),
            ("import os\nbind = [\"[::]:{}\".format(os.environ.get(\"PORT\", 3100))]\n", ""),
            ("bind = f\"0.0.0.0:{os.getenv('PORT', '3100')}\"\n", ""),
            ("bind = address()\n", nil), ("bind = 'unix:x.sock'\n", nil),
            ("if x:\n    bind = '0.0.0.0:3100'\n", nil),
            ("bind = [\n", nil), ("bind = '0.0.0.0:3100'\nbind = '0.0.0.0:3101'\n", nil),
            ("bind = f'0.0.0.0:{port}'\n", nil), ("bind = ['0.0.0.0:1', '0.0.0.0:3100']\n", nil),
        ] as [(String, String?)])
    func gunicornKeepsItsAddressWhenItIsTold(_ text: String, _ words: String?) throws {
        #expect(try told(["gunicorn", "a:b"], text, in: "gunicorn.conf.py") == words.map { "3100: \($0)" })
        #expect(
            try told(["gunicorn", "-c", "conf/g.py", "a:b"], text, in: "conf/g.py") == words.map { "3100: \($0)" })
    }

    @Test func aFileThatSaysNothingLeavesTheDefault() throws {
        let other = "workers = 2\nbinder = 1\n"
        #expect(try told(["gunicorn", "a:b"], other, in: "gunicorn.conf.py") == "8000: --bind 127.0.0.1:7")
        #expect(try told(["puma"], "threads 1, 1\n", in: "config/puma.rb") == "9292: -p 7")
    }

    @Test(
        arguments: [
            ("FLASK_APP=x\nFLASK_RUN_PORT=5055\n", 5055), ("export FLASK_RUN_PORT='5055' # x", 5055), ("A=1\n", 5000),
            ("FLASK_RUN_PORT=$BASE\n", nil),
        ] as [(String, Int?)])
    func isTheOneOfFlask(_ text: String, _ port: Int?) throws {
        for file in [".flaskenv", ".env"] {
            #expect(try told(["flask", "run"], text, in: file) == port.map { "\($0): --port 7" })
        }
    }

    /// The port of the server in the command `words`, and the words that tell it 7; nil for no server.
    private func told(_ words: [String], _ text: String, in file: String) throws -> String? {
        let folder = try TemporaryFolder()
        try folder.write(text, to: file)
        return FrameworkCalls(words, in: folder.path).calls.first.map { call in
            "\(call.port.map { "\($0)" } ?? "-"): \(call.framework.words(for: 7).joined(separator: " "))"
        }
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
