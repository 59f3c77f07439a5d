import Testing

@testable import PortrunCore

struct PlaceholderTextTests {
    @Test(arguments: [
        ("", ""), ("no place", "no place"), ("{port}", "3000"), ("a{port}b{port}", "a3000b3000"),
        ("{port:api}", "4000"), ("{url}/x", "http://localhost:3000/x"), ("{url:api}", "http://localhost:4000"),
        ("{{port}}", "{port}"), ("{{url:api}}", "{url:api}"), ("{{port}", "{3000"), ("{port}}", "3000}"),
        ("{{{port}}}", "{{port}}"), ("server { listen {port}; }", "server { listen 3000; }"), ("{ port }", "{ port }"),
        ("{ports}", "{ports}"), ("{port:}", "{port:}"), ("{PORT}", "{PORT}"), ("${port}", "$3000"), ("{", "{"),
        ("{port", "{port"), ("{port:a{port}", "{port:a3000"), ("é{port}é", "é3000é"),
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
