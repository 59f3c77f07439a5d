import Testing

@testable import PortrunBase

struct LoopbackAddressTests {
    @Test(arguments: [
        ("127.0.0.1:80", "127.0.0.1:80"), ("localhost:8080", "127.0.0.1:8080"), ("[::1]:65535", "[::1]:65535"),
        ("127.0.0.1:0", "127.0.0.1:0"),
    ])
    func isReadAndShown(_ text: String, _ shown: String) {
        #expect(LoopbackAddress(text)?.description == shown)
    }

    @Test(arguments: [
        "", "80", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:08", "127.0.0.2:80",
        "0.0.0.0:80", "::1:80", "[::]:80", "192.168.0.1:80", "example.org:80", "localhost.:80", "127.0.0.1:80 ",
    ])
    func nothingElseIs(_ text: String) {
        #expect(LoopbackAddress(text) == nil)
    }

    @Test func thePortMayBeMissingWhereItIsTheUsualOne() {
        #expect(LoopbackAddress(port: 81).hosts == ["localhost:81", "127.0.0.1:81", "[::1]:81"])
        #expect(LoopbackAddress(port: 80).hosts.suffix(3) == ["localhost", "127.0.0.1", "[::1]"])
    }
}
