import Testing

@testable import PortrunBase

struct TerminalTextTests {
    @Test(arguments: [
        ("plain Ünïcode ✓ 漢字 🏴", "plain Ünïcode ✓ 漢字 🏴"), ("a\u{1B}[5m\u{7}\u{8}\r", "a?[5m???"), ("a\u{7F}b", "a?b"),
        ("\u{80}\u{9B}5m\u{9F}\u{A0}", "??5m?\u{A0}"), ("\u{202A}\u{202E}\u{2066}\u{2069}\u{202F}", "????\u{202F}"),
        ("\u{200E}\u{200F}\u{61C}\u{200D}", "????"),
        ("\u{200B}a\u{200C}\u{2060}\u{2064}\u{FEFF}\u{AD}\u{180E}", "?a??????"), ("\u{2028}\u{2029}", "??"),
        // One character with what stands before it, but a scalar of its own.
        ("e\u{200D}\u{202E}\u{301}", "e??\u{301}"), ("a\u{E0000}\u{E0041}\u{E007F}", "a???"), ("a\r\nb", "a??b"),
        ("a\tb", "a?b"),
        ("a\u{3164}\u{115F}\u{1160}\u{34F}\u{FE0F}\u{FFF9}\u{FFFB}\u{E0100}\u{FFA0}", "a?????????"),
        ("\u{2800}\u{2801}\u{FFFC}\u{1D173}\u{1D158}", "?\u{2801}\u{FFFC}?\u{1D158}"),
    ])
    func holdsNothingThatATerminalObeys(_ text: String, shown: String) {
        #expect(Array(TerminalText.onOneLine(text).utf8) == Array(shown.utf8))
    }

    /// By the tables of Swift's own library.
    @Test func letsNothingPassThatUnicodeCallsIgnorable() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), scalar.properties.isDefaultIgnorableCodePoint else { continue }
            #expect(TerminalText.obeys(scalar), "\(value)")
        }
    }

    @Test func keepsTabsAndLinesWhereTheyAreMeant() {
        #expect(TerminalText.row("a\tb\nc\u{9B}") == "a\tb?c?")
        #expect(TerminalText.lines("a\tb\r\nc\u{9B}\n") == "a\tb?\nc?\n")
    }
}
