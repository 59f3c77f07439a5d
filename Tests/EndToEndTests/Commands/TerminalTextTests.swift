import Foundation
import PortrunBase
import Testing

/// What a project says reaches no terminal that would obey it: names, values and paths in tables and messages.
@Suite(.timeLimit(.minutes(30)))
struct TerminalTextTests {
    private static let mark = "\u{1B}[5m\u{9B}5m\u{202E}\u{2066}\u{200F}\u{2028}X\u{7F}\u{8}"

    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try write(
            "compose.yaml",
            [
                "services": [
                    "a": [
                        "image": "x", "container_name": "c", "ports": ["7000:1"],
                        "environment": ["K": "http://localhost:7001/"], "command": "run http://localhost:7001/",
                    ], "b": ["image": "postgres", "ports": ["7000-7001:2-3"]],
                ], "volumes": ["v": ["name": "vol"]],
            ])
        try write("package.json", ["scripts": ["dev": "vite --port 3000", "a": "PORT=3000 next dev -p 3001"]])
        try scratch.write("A=\(Self.mark)\nPORT=1\nV=http://localhost:7001/\(Self.mark)\n", to: ".env")
        try scratch.write("run:\n\tvite --port 3000 \(Self.mark)\n", to: "Makefile")
        try scratch.write("bad\(Self.mark):x:y\nok:4001:told\(Self.mark)\n", to: "ports.txt")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: scratch.project + "/compose.yaml", toPath: folder + "/compose.yaml")
    }

    /// Its name would begin a line as well.
    private var folder: String { scratch.project + "/f\(Self.mark)\nportrun: spoofed" }

    @Test(arguments: [
        ["explain"], ["explain", "--", "npm", "run", "dev"], ["explain", "--", "docker", "compose", "up"], ["discover"],
        ["status"], ["list"], ["list", "--format", "ports"], ["context"], ["adopt"], ["doctor"], ["gc"],
        ["import", "ports.txt"],
        ["write", "--dry-run", ".env", "PORT=web"], ["--", "true"], ["run", "-v", "--", "true"], ["export"],
        ["export", "--format", "json"], ["status", "--json"], ["discover", "--json"], ["explain", "--json"],
        ["context", "--json"],
    ])
    func isFreeOfControls(_ words: [String]) throws {
        for place in [scratch.project, folder] {
            let command = words.map { "'\($0)'" }.joined(separator: " ")
            let session = try scratch.startOnTerminal([
                "/bin/sh", "-c",
                "cd '\(place)'; \"$LAUNCHER\" export >/dev/null 2>&1; \"$LAUNCHER\" get x -q; "
                    + "\"$LAUNCHER\" \(command)",
            ])
            _ = try session.finish()
            session.screen.read(milliseconds: 50)
            let text = session.screen.text.replacing("\r\n", with: "\n")
            #expect(!text.isEmpty)
            let obeyed = text.unicodeScalars.filter { TerminalText.obeys($0) && $0 != "\n" && $0 != "\t" }
            #expect(obeyed.isEmpty, "\(words): \(obeyed.map { String($0.value, radix: 16) }) in \(text)")
            #expect(!text.split(separator: "\n").contains { $0.hasPrefix("portrun: spoofed") }, "\(words)")
        }
    }

    /// Whoever reads a pipe gets what it says.
    @Test func leavesDataAsItIs() throws {
        let outcome = try scratch.run([Program.portrun, "write", "--dry-run", ".env", "PORT=web"])
        #expect(outcome.output.contains("A=\(Self.mark)\n"), "\(outcome)")
        let json = try scratch.run([Program.portrun, "context", "-C", folder, "--json"]).output
        let object = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(object["path"] as? String == folder)
    }

    /// - Parameter object: each text in it gets the mark.
    private func write(_ name: String, _ object: Any) throws {
        func marked(_ value: Any) -> Any {
            switch value {
            case let text as String: text.contains("700") || text.contains("dev") ? text : text + Self.mark
            case let list as [Any]: list.map(marked)
            case let object as [String: Any]: object.mapValues(marked)
            case _: value
            }
        }
        let data = try JSONSerialization.data(withJSONObject: marked(object))
        try scratch.write(String(decoding: data, as: UTF8.self), to: name)
    }
}
