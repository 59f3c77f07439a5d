import Testing

@testable import PortrunDaemon

struct HTMLTests {
    @Test func whatIsPutIntoItIsText() {
        let name = "</td><script>alert(\"1\" & '2')</script>"
        let cell: HTML = "<td title=\"\(name)\">\(name)</td>"
        let escaped = "&lt;/td&gt;&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;"
        #expect(cell.text == "<td title=\"\(escaped)\">\(escaped)</td>")
    }

    @Test func whatTurnsTextAroundIsNotShown() {
        let text: HTML = "\("a\u{202E}b\nc\u{0}é")"
        #expect(text.text == "a?b?c?é")
    }

    @Test func partsStayWhatTheyAre() {
        let parts: [HTML] = ["<b>", "\("<")", "</b>"]
        let whole: HTML = "\(parts)\(17)"
        #expect(whole.text == "<b>&lt;</b>17")
    }

    @Test(arguments: [(0, "0 s"), (59, "59 s"), (60, "1 min"), (7199, "1 h"), (172_800, "2 d"), (-5, "0 s")])
    func agesAreShort(_ seconds: Int64, _ text: String) {
        #expect(Age(since: 1000, now: 1000 + seconds).text == text)
    }
}
