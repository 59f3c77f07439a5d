import Foundation
import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose
@testable import PortrunKit

/// Texts that nobody wrote, read by everything that reads what others write: no crash and no hang.
///
/// `PORTRUN_FUZZ_SECONDS` says how long (default 9), `PORTRUN_FUZZ_SEED` where to start. A text that takes too long is
/// printed; of a crash, the seed is the last one printed.
@Suite(.timeLimit(.minutes(60)))
struct FuzzTests {
    /// How long one text may take; much of it is for a busy machine.
    private static let limit: Duration = .seconds(20)

    @Test func everyReaderSurvivesAnyText() throws {
        let settings = ProcessInfo.processInfo.environment
        let seconds = settings["PORTRUN_FUZZ_SECONDS"].flatMap(Int.init) ?? 9
        var seed = settings["PORTRUN_FUZZ_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0..<UInt64.max / 2)
        print("fuzz: seed \(seed), \(seconds) s")
        let start = ContinuousClock.now
        var count = 0
        let folder = try TemporaryFolder()
        while ContinuousClock.now - start < .seconds(seconds) {
            var random = SeededGenerator(state: seed)
            let text = FuzzText.make(&random)
            let before = ContinuousClock.now
            try read(text, in: folder.path)
            let taken = ContinuousClock.now - before
            #expect(taken < Self.limit, "seed \(seed): \(text.debugDescription)")
            seed += 1
            count += 1
        }
        print("fuzz: \(count) texts, up to seed \(seed)")
        #expect(count > 0)
    }

    private func read(_ text: [UInt8], in folder: String) throws {
        for (line, _) in PortsFile.read(text) { #expect(line > 0) }
        _ = try? DotenvParser(text) { $0 == "A" ? "1" : nil }
        for name in ["compose.yaml", ".env"] {
            let other = name == ".env" ? "compose.yaml" : ".env"
            try Data(text).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
            let valid = other == ".env" ? "A=1\n" : "services: {a: {image: x, ports: ['${A:-1}:1', '${B}:2']}}\n"
            try Data(valid.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(other)"))
            let request = ComposeRequest(workingDirectory: folder)
            _ = try? ComposeReader.read(request)
            _ = ComposeReader.readLeniently(request)
        }
    }
}

/// A text made of pieces of the formats and of noise.
private enum FuzzText {
    private static let starts = [
        "services:\n  a:\n    image: x\n    ports: ['${A:-8080}:80', {target: 1, published: \"2-3\"}]\n",
        "include: [other.yaml]\nservices: {b: {extends: {service: b}, ports: [1-3:1-3/udp]}}\n",
        "x: &x {ports: [\"80\"]}\nservices: {c: {<<: *x, deploy: {replicas: 3}}}\n",
        "A=1\nexport B=\"${A:?no}\\n\"\nC='x\ny' # c\nD: ${B:-${C:+d}}\n", "web:3000:the web\n# c\ndb:5432\n",
    ]

    private static let pieces = [
        "\n", "  ", "\t", ":", "-", "${", "}", ":-", ":?", ":+", "$$", "$", "\"", "'", "&a ", "*a", "<<: ", "!reset ",
        "!override ", "[", "]", "{", "}", "#", "|\n", ">-\n", "? ", "---\n", "...\n", "%YAML 1.1\n", "\\", "\r",
        "\u{0}",
        "\u{FEFF}", "é", "🚀", "0", "65536", "-1", "1-65535", "99999999999999999999", "::1", "[::]:1:2", "/udp",
        "services:",
        "ports:", "extends:", "include:", "env_file:", "deploy:", "replicas:", "published:", "target:", "name:", "null",
        "~", "=", "export ", "A", "1e9", "0x1F", ".inf", "2001-01-01", "profiles:", "network_mode: host\n",
    ]

    static func make(_ random: inout SeededGenerator) -> [UInt8] {
        var text = Array((starts.randomElement(using: &random) ?? "").utf8)
        for _ in 0..<Int.random(in: 0..<24, using: &random) {
            let place = Int.random(in: 0...text.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0 where place < text.count: text[place] = UInt8.random(in: 0...255, using: &random)
            case 1:
                let end = min(text.count, place + Int.random(in: 0..<8, using: &random))
                text.removeSubrange(place..<end)
            case 2:
                let end = min(text.count, place + Int.random(in: 0..<40, using: &random))
                text += text[place..<end]
            case 3:
                let piece = pieces.randomElement(using: &random) ?? ""
                let count = Int.random(in: 0..<300, using: &random)
                text.insert(contentsOf: Array(String(repeating: piece, count: count).utf8), at: place)
            default:
                text.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: place)
            }
        }
        return text
    }
}
