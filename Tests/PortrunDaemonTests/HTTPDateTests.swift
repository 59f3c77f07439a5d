import Testing

@testable import PortrunDaemon

struct HTTPDateTests {
    /// The first is that of RFC 9110, section 5.6.7.
    @Test(arguments: [
        (Int64(784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (1_835_481_599, "Tue, 29 Feb 2028 23:59:59 GMT"),
    ])
    func isThatOfHTTP(_ seconds: Int64, _ text: String) {
        #expect(HTTPDate.text(of: seconds) == text)
    }
}
