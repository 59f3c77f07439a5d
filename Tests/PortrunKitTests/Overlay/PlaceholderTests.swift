import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

struct PlaceholderTests {
    static let cases: [(word: String, filled: String)] = [
        ("{port}", "4000"), ("{url}", "http://localhost:4000"), ("{port:api}", "5000"),
        ("{url:api}/v1?x={port}", "http://localhost:5000/v1?x=4000"), ("127.0.0.1:{port}", "127.0.0.1:4000"),
        ("{port}{port}", "40004000"), ("{{port}}", "{port}"), ("{{url:api}}", "{url:api}"),
        ("{{{port}}}", "{{port}}"), ("{{port}", "{4000"), ("{port}}", "4000}"),
        ("${port}", "${port}"), ("%{url}", "%{url}"), ("#{port}", "#{port}"), ("${{port}}", "${port}"),
        ("{{.Names}}", "{{.Names}}"), ("{print}", "{print}"), ("{ports}", "{ports}"), ("{port:}", "{port:}"),
        ("{port", "{port"), ("{port:api", "{port:api"), ("{Port}", "{Port}"), ("{", "{"), ("", ""),
        ("{port:nobody}", "{port:nobody}"), ("{port:a{port}", "{port:a4000"), ("{ port }", "{ port }"),
        ("a{port}b{port}", "a4000b4000"), ("{port,url}", "{port,url}"),
    ]

    @Test(arguments: cases)
    func fills(_ word: String, _ filled: String) {
        let words = Placeholder.filled([Array(word.utf8)]) { service in
            switch service?.description {
            case nil: Port(4000)
            case "api": Port(5000)
            default: nil
            }
        }
        #expect(words.map { String(decoding: $0, as: UTF8.self) } == [filled])
    }

    @Test func leavesBytesThatAreNoTextAlone() {
        let words = Placeholder.filled([[0xFF, 0x7B, 0xFE], Array("\u{e9}{port}".utf8) + [0x80]]) { _ in Port(80) }
        #expect(words == [[0xFF, 0x7B, 0xFE], Array("\u{e9}80".utf8) + [0x80]])
    }

    @Test func findsEachOnce() {
        let words = ["a", "{port:api}-{url:api}", "{port:api}", "{{port:no}}", "{port}"]
        #expect(
            Placeholder.all(in: words) == [
                Placeholder(kind: .port, service: ServiceName("api")),
                Placeholder(kind: .url, service: ServiceName("api")), Placeholder(kind: .port, service: nil),
            ])
    }
}
