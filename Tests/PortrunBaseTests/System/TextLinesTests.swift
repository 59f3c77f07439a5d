import Testing

@testable import PortrunBase

struct TextLinesTests {
    @Test(
        arguments: [
            ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("a\r\nb", ["a", "b"]), ("\n\n", ["", "", ""]),
            ("a\u{2028}b\u{85}c\rd", ["a\u{2028}b\u{85}c\rd"]),
        ] as [(String, [String])])
    func partsAtLineFeeds(_ text: String, _ lines: [String]) {
        #expect(Array(TextLines(Array(text.utf8))) == lines)
    }
}
