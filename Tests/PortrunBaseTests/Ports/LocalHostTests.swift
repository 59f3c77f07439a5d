import Testing

@testable import PortrunBase

@Suite struct LocalHostTests {
    @Test(
        arguments: [
            // host, called, meant, listened on
            ("localhost", true, true, true), ("App.LocalHost", true, true, true), ("127.0.0.1", true, true, true),
            ("127.1.2.3", true, true, true), ("::1", true, true, true), ("[::1]", true, true, true),
            ("host.docker.internal", true, true, false), ("0.0.0.0", false, true, true), ("::", false, true, true),
            ("[::]", false, true, true), ("*", false, false, true), ("db", false, false, false),
            ("mylocalhost", false, false, false), ("1270.0.0.1", false, false, false), ("", false, false, false),
        ])
    func answersEachQuestion(_ host: String, isCalled: Bool, isMeant: Bool, canListen: Bool) {
        let bytes = Array(host.utf8)[...]
        #expect(LocalHost.isCalled(bytes) == isCalled)
        #expect(LocalHost.isMeant(by: bytes) == isMeant)
        #expect(LocalHost.canListen(on: bytes) == canListen)
    }

    @Test(arguments: [
        ("localhost", "localhost"), ("localhost:3000", "localhost"), ("http://localhost/", "localhost"),
        ("tcp://[::1]:80/x", "[::1]"), ("::1", "::1"), ("*", "*"), ("", ""),
    ])
    func findsTheHost(in text: String, _ host: String) {
        #expect(String(decoding: LocalHost.host(in: Array(text.utf8)[...]), as: UTF8.self) == host)
    }
}
