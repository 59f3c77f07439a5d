import TestSupport
import Testing

@testable import PortrunBase

struct LocalAddressTests {
    @Test(arguments: [
        ("postgres://u:p@localhost:5432/db", ["localhost:5432"]),
        ("http://127.0.0.1:80,http://0.0.0.0:81", ["127.0.0.1:80", "0.0.0.0:81"]),
        ("http://[::1]:3000/", ["[::1]:3000"]),
        ("https://api.shop.localhost:8443", ["api.shop.localhost:8443"]),
        ("host.docker.internal:6379", ["host.docker.internal:6379"]),
        ("http://mylocalhost:80", []), ("http://10.127.0.0.1:80", []), ("x-localhost:80", []),
        ("http://db:5432 localhost", []), ("localhost:", []), ("localhost:0", []), ("localhost:123456", []),
        (":80", []),
    ])
    func findsThoseOfThisMachine(_ text: String, addresses: [String]) {
        #expect(LocalAddress.all(in: text).map(\.text) == addresses)
    }
}
