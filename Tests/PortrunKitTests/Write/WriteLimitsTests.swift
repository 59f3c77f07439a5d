import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// Files in which one more byte could ask for a look through all of them, or that stand for much more than they hold.
@Suite(.timeLimit(.minutes(30)))
struct WriteLimitsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let file: String
        let content: String
        /// Whether the place in it can be set.
        let isSet: Bool

        init(_ description: String, _ file: String, _ content: String, isSet: Bool = false) {
            (testDescription, self.file, self.content, self.isSet) = (description, file, content, isSet)
        }
    }

    private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }
    private static let long = times(200_000, "k")

    static let cases: [Case] = [
        Case("a deep key", "a.toml", times(100_000, "a.") + "b = 1\nx = 1\n"),
        Case("a deep table", "a.toml", "[" + times(100_000, "a.") + "b]\nx = 1\n"),
        Case("many deep keys", "a.toml", "x = 1\n" + times(2000, times(150, "a.") + "b = 1\n"), isSet: true),
        Case("a long key before many", "a.toml", "x = 1\n[\(long)]\n" + times(10_000, "a.b = 1\n")),
        Case("many lines", "a.toml", times(100_000, "\n") + "x = 1\n" + times(10_000, "a = 1\n\n"), isSet: true),
        Case("many values", "a.toml", "x = 1\na = [" + times(150_000, "1,") + "]\n"),
        Case("sections", "a.ini", "x = 1\n" + times(300_000, "[a]\n")),
        Case("one value of many lines", "a.ini", "x = 1\na = 1\n" + times(100_000, " b\n"), isSet: true),
        Case("a long section before many", "a.ini", "x = 1\n[\(long)]\n" + times(10_000, "a = 1\n")),
        Case("one line", "a.yaml", "x: 1\na: [" + times(20_000, "1,") + "]\n", isSet: true),
        Case("aliases of a long text", "a.yaml", "x: 1\na: &a '\(long)'\nb: [" + times(10_000, "*a,") + "]\n"),
        Case(
            "aliases of a long line", "a.yaml",
            "x: 1\na: &a \"\(times(200_000, " "))\n \"\nb: [" + times(10_000, "*a,") + "]\n", isSet: true),
        Case("a long key of many", "a.yaml", "x: 1\n? \(long)\n:\n" + times(5000, "  - 1\n")),
        Case("many values", "a.json", "{\"x\": 1, \"a\": [" + times(150_000, "1,") + "1]}"),
        Case("many variables", ".env", "x=1\n" + times(20_000, "A=1\n")),
        Case("aliases", "a.yaml", "a: &a {x: 1}\nb: [" + times(30_000, "*a,") + "]\n"),
    ]

    @Test(arguments: cases) func endSoon(_ file: Case) throws {
        let start = ContinuousClock.now
        let place = file.file.hasPrefix(".") ? "x" : "/x"
        let edit = FileEdit.assignments([try FileAssignment("\(place)=web")])
        // More time than a command has: this is no release.
        let look = Look(LookLimits(milliseconds: 20_000, bytes: 8 << 20))
        let result = Result { () throws(WriteError) in
            try edit.applied(to: Array(file.content.utf8), of: file.file, look) { _ in 3000 }
        }
        #expect(ContinuousClock.now - start < .seconds(60))
        switch result {
        case .success(let bytes):
            #expect(file.isSet && bytes.count == file.content.utf8.count + 3)
        case .failure(let error):
            #expect(!file.isSet)
            #expect(error.message.hasPrefix("`\(file.file)`"), "\(error.message)")
        }
    }

    @Test func aFileIsGivenUpAfterItsTime() throws {
        let content = "x = 1\n" + Self.times(90_000, "a = 1\n")
        let edit = FileEdit.assignments([try FileAssignment("x=web")])
        let error = #expect(throws: WriteError.self) {
            try edit.applied(to: Array(content.utf8), of: "a.toml", Look(LookLimits(milliseconds: 1, bytes: 1 << 20))) {
                _ in 3000
            }
        }
        #expect(error?.message.contains("more than 1 ms of work") == true)
    }

    /// Each could be a placeholder, or is one.
    @Test(arguments: [
        ("{port:", 50_000, true), ("{{port:", 50_000, true), ("{port:a", 50_000, true), ("{", 300_000, true),
        ("{port}", 50_000, true), ("{url}", 150_000, false), ("{{port}}", 150_000, false),
    ])
    func templatesEndSoon(_ text: String, _ count: Int, _ isTaken: Bool) throws {
        let start = ContinuousClock.now
        let bytes = Array(Self.times(count, text).utf8)
        let edit = try? FileEdit.filling(bytes, of: "t", Look())
        #expect((edit != nil) == isTaken)
        if let edit { _ = try edit.applied(to: nil, of: "x", Look()) { _ in 3000 } }
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func aTemplateMayNameSoManyServices() throws {
        let text = { (count: Int) in Array((0..<count).map { "{port:a\($0)}" }.joined().utf8) }
        #expect(try FileEdit.filling(text(1000), of: "t", Look()).texts.map(\.services.count) == [1000])
        let error = #expect(throws: WriteError.self) { try FileEdit.filling(text(1001), of: "t.in", Look()) }
        #expect(error?.message == "`t.in`: more than 1000 ports in this project")
    }

    /// Beside each port, all variables could be looked through for its host.
    @Test func envFilesEndSoon() throws {
        let rule = PortRule(service: "web", declared: PortRange(3000), booked: 3001)
        let rules = try #require(PortRules([rule]))
        let start = ContinuousClock.now
        let text = (0..<2900).map { "A\($0)_HOST=localhost\nA\($0)_PORT=3000\n" }.joined()
        let result = DotenvSource.following(rules, in: Array(text.utf8), of: ".env", Look())
        #expect(result.map { String(decoding: $0.bytes, as: UTF8.self) } == text.replacing("3000", with: "3001"))
        let more = Array(Self.times(20_000, "A_PORT=3000\n").utf8)
        #expect(DotenvSource.following(rules, in: more, of: ".env", Look()) == nil)
        #expect(ContinuousClock.now - start < .seconds(60))
    }
}
