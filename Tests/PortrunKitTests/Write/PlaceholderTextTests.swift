import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

struct PlaceholderTextTests {
    /// The grammar is that of a command's words, where every service that is named has a port.
    @Test(arguments: PlaceholderTests.cases.filter { !$0.word.contains("nobody") })
    func fillsAsInACommand(_ text: String, _ filled: String) {
        let bytes = PlaceholderText(text).filled { $0 == nil ? 4000 : 5000 }
        #expect(String(decoding: bytes, as: UTF8.self) == filled)
    }

    @Test(arguments: [
        ("server { listen {port}; }", "server { listen 3000; }"), ("é{port}é", "é3000é"),
        ("{\n  \"port\": {port}\n}", "{\n  \"port\": 3000\n}"), ("${port:-80} {port:api}", "${port:-80} 4000"),
    ])
    func fills(_ text: String, _ filled: String) {
        let bytes = PlaceholderText(text).filled { $0 == nil ? 3000 : 4000 }
        #expect(String(decoding: bytes, as: UTF8.self) == filled)
    }

    @Test func keepsWhatIsNoUTF8() {
        #expect(PlaceholderText([0xFF] + Array("{port}".utf8) + [0xFE]).filled { _ in 80 } == [0xFF, 56, 48, 0xFE])
    }

    @Test func namesItsServicesOnce() {
        let text = PlaceholderText("{port:b}{url:a}{url:b}{url}")
        #expect(text.services == ["b", "a"])
        #expect(text.hasPrimary)
        #expect(!PlaceholderText("{port:b}{{port}}").hasPrimary)
    }
}
