import TestSupport
import Testing

@testable import PortrunBase

struct DescriptionTests {
    @Test(arguments: ["x", "for the review: #4", "größe 🚢", String(repeating: "a", count: 1000)])
    func takes(_ text: String) {
        #expect(Description(text)?.text == text)
    }

    @Test(arguments: ["", "a\nb", "a\u{0}b", "\u{1B}[31m", "a\u{85}b", String(repeating: "a", count: 1001)])
    func refuses(_ text: String) {
        #expect(Description(text) == nil)
    }
}
