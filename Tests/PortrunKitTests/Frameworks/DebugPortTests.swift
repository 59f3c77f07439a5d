import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// The second ports of commands: what becomes of a command whose debugger is told port 7000.
struct DebugPortTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    static let told: [(command: [String], told: [String], port: Int)] = [
        (["node", "--inspect", "a.js"], ["node", "--inspect=7000", "a.js"], 9229),
        (["node", "--inspect-brk=127.0.0.1:9230", "a.js"], ["node", "--inspect-brk=127.0.0.1:7000", "a.js"], 9230),
        (["node", "--inspect-port=9230", "a.js"], ["node", "--inspect-port=7000", "a.js"], 9230),
        (
            ["timeout", "5", "node", "--inspect=9230", "a.js"], ["timeout", "5", "node", "--inspect=7000", "a.js"], 9230
        ),
        (["nodemon", "a.js", "--inspect"], ["nodemon", "a.js", "--inspect=7000"], 9229),
        (
            ["python", "-m", "debugpy", "--listen", "0.0.0.0:5678", "-m", "app"],
            ["python", "-m", "debugpy", "--listen", "0.0.0.0:7000", "-m", "app"], 5678
        ),
        (["dlv", "debug", "--listen=:2345", "."], ["dlv", "debug", "--listen=:7000", "."], 2345),
        (["dlv", "exec", "-l", "127.0.0.1:2345", "x"], ["dlv", "exec", "-l", "127.0.0.1:7000", "x"], 2345),
        (
            ["java", "-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005", "-jar", "a.jar"],
            ["java", "-agentlib:jdwp=transport=dt_socket,server=y,address=*:7000", "-jar", "a.jar"], 5005
        ),
        (["wrangler", "dev", "--inspector-port", "9300"], ["wrangler", "dev", "--inspector-port", "7000"], 9300),
        (["sh", "-c", "node --inspect=9230 a.js & wait"], ["sh", "-c", "node --inspect=7000 a.js & wait"], 9230),
    ]

    @Test(arguments: told)
    func isToldTheDebugger(_ command: [String], _ told: [String], _ port: Int) {
        let calls = FrameworkCalls(command, in: folder.path)
        #expect(calls.debuggers.map(\.port) == [Port(port)])
        #expect(calls.debuggers.map(\.service) == [ServiceName(Self.service(port))])
        let changed = calls.toldDebuggers(command.map { Array($0.utf8) }, [Port(7000)])
        #expect(changed.map { String(decoding: $0, as: UTF8.self) } == told)
        #expect(calls.toldDebuggers(command.map { Array($0.utf8) }, [nil]) == command.map { Array($0.utf8) })
    }

    /// Two commands of one project that open ports of two tools must not get one another's.
    private static func service(_ port: Int) -> String {
        [5678: "debugpy", 2345: "delve", 5005: "jdwp", 9300: "inspector"][port] ?? "debug"
    }

    @Test func thoseOfOneCommandHaveNamesOfTheirOwn() {
        let line = "node --inspect a.js & python -m debugpy --listen 5678 -m b & node --inspect=9230 c.js"
        let calls = FrameworkCalls(["sh", "-c", line], in: folder.path)
        #expect(calls.debuggers.compactMap(\.service?.description) == ["debug", "debugpy", "debug-2"])
        #expect(calls.debuggers.map(\.port) == [Port(9229), Port(5678), Port(9230)])
    }

    @Test(arguments: [
        ["node", "a.js", "--inspect"], ["node", "--inspect=0", "a.js"],
        ["python", "-m", "debugpy", "--connect", "5678", "a"],
        ["java", "-agentlib:jdwp=transport=dt_socket,server=n,address=:5005", "A"], ["grep", "--inspect", "x"],
    ])
    func leavesAlone(_ command: [String]) {
        #expect(FrameworkCalls(command, in: folder.path).debuggers.isEmpty)
    }

    @Test func aScriptsInspectorIsToldByNodesOptions() throws {
        try folder.write(
            #"{"scripts": {"dev": "node --inspect a.js", "fixed": "node --inspect=9230 a.js"}}"#, to: "package.json")
        let calls = FrameworkCalls(["npm", "run", "dev"], in: folder.path)
        let settings = calls.debugSettings([Port(7000)], Environment(["NODE_OPTIONS": "--no-warnings"]))
        #expect(settings.map { "\($0.name)=\($0.value)" } == ["NODE_OPTIONS=--no-warnings --inspect-port=7000"])
        #expect(calls.debugSettings([nil], Environment()).isEmpty)
        #expect(FrameworkCalls(["npm", "run", "fixed"], in: folder.path).debugPorts.map(\.telling) == [.fixed])
    }

    @Test func aProcfilesIsToldInItsLine() throws {
        try folder.write("web: python -m debugpy --listen 5678 -m uvicorn a:b\n", to: "Procfile")
        let calls = FrameworkCalls(["honcho", "start"], in: folder.path)
        let text = calls.procfile?.told(
            calls.calls, [Port(7001)], calls.debugPorts.map { ($0, Port(7000)) }, for: .example)
        #expect(
            text.map { String(decoding: $0, as: UTF8.self) } == FileOwner.example.line(after: "#")
                + "web: python -m debugpy --listen 7000 -m uvicorn a:b --port 7001\n")
    }
}
