import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

private let recordedCases = System.current().environment["PORTRUN_COMPOSE_CASES"]

/// Runs the reader over a folder of recorded cases, where there is one.
///
/// `PORTRUN_COMPOSE_CASES` names a folder; each `.json` file directly in it is an array of
/// `{"id", "files": {path: text}, "symlinks"?, "cwd", "env", "args", "expect": {version: {"ok", "name", "ports", "services"}}}`,
/// where `ports` are `[service, target, protocol, host address, published]`. `$ROOT` stands for the project's folder.
@Suite(.enabled(if: recordedCases != nil), .timeLimit(.minutes(30)))
struct ConformanceTests {
    private static let version = "2.26.1"

    @Test func agreesWithEveryCase() throws {
        let folder = try #require(recordedCases)
        var count = 0
        for name in FileSystem.names(in: folder) ?? [] where name.hasSuffix(".json") {
            // JSON is YAML.
            let text = try FileSystem.read("\(folder)/\(name)")
            for node in try YAMLParser.documents(in: text, file: 0).first?.elements ?? [] {
                try check(node)
                count += 1
            }
        }
        #expect(count > 0)
    }

    private func check(_ node: YAMLNode) throws {
        let identifier = node["id"]?.string ?? "?"
        let expected = try #require(node["expect"]?[Self.version])
        let files = Dictionary(uniqueKeysWithValues: strings(node["files"]))
        try withComposeFolder(files) { root in
            func placed(_ text: String) -> String { replaced("$ROOT", by: root, in: text) }
            for (name, text) in files where text != placed(text) {
                let file = try #require(fopen("\(root)/\(name)", "w"))
                fputs(placed(text), file)
                fclose(file)
            }
            for (name, target) in strings(node["symlinks"]) { symlink(target, "\(root)/\(name)") }
            let arguments = (node["args"]?.elements ?? []).compactMap(\.string).map(placed)
            let command = try #require(ComposeCommand(["docker", "compose"] + arguments))
            let shell = Dictionary(uniqueKeysWithValues: strings(node["env"])).mapValues(placed)
            let request = command.request(
                workingDirectory: Path.absolute(node["cwd"]?.string ?? ".", in: root),
                environment: Environment(table: shell))
            do throws(DiscoveryError) {
                let project = try ComposeReader.read(request)
                compare(project, expected, identifier)
            } catch {
                #expect(expected["ok"]?.value == .boolean(false), "\(identifier): \(error.message)")
            }
        }
    }

    private func compare(_ project: ComposeProject?, _ expected: YAMLNode, _ identifier: String) {
        guard let project else {
            #expect(expected["ok"]?.value == .boolean(false), "\(identifier): no project found")
            return
        }
        #expect(expected["ok"]?.value == .boolean(true), "\(identifier): accepted")
        if let name = expected["name"]?.string {
            #expect(project.name == (name == "$DIRNAME" ? "w" : name), "\(identifier)")
        }
        guard let ports = expected["ports"]?.elements else { return }
        let wanted = ports.map { port in
            (port.elements ?? []).map { $0.isNull ? "-" : $0.scalar?.text ?? "" }.joined(separator: " ")
        }
        let found = project.ports.filter(\.isActive).map { port in
            "\(port.service) \(port.target) \(port.protocolName) \(port.hostIP ?? "-") \(port.published.text ?? "-")"
        }
        #expect(found.sorted() == wanted.sorted(), "\(identifier)")
    }

    private func strings(_ node: YAMLNode?) -> [(String, String)] {
        (node?.pairs ?? []).map { ($0.key, $0.value.scalar?.text ?? "") }
    }

    private func replaced(_ mark: String, by text: String, in whole: String) -> String {
        var result = ""
        var rest = whole[...]
        while let start = rest.firstRange(of: mark) {
            result += rest[..<start.lowerBound] + text
            rest = rest[start.upperBound...]
        }
        return result + rest
    }
}
