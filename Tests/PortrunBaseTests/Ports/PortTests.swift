import TestSupport
import Testing

@testable import PortrunBase

struct PortTests {
    @Test func namesOfTheRegistryAreRead() {
        for transport in TransportProtocol.allCases {
            #expect(TransportProtocol(rawValue: transport.rawValue) == transport)
        }
        for source in Booking.Source.allCases { #expect(Booking.Source(rawValue: source.rawValue) == source) }
        #expect(TransportProtocol(rawValue: "TCP") == nil && Booking.Source(rawValue: "") == nil)
    }

    @Test(arguments: [("1", 1), ("80", 80), ("5432", 5432), ("65535", 65535)])
    func readsDigits(_ text: String, number: UInt16) {
        #expect(Port(text)?.number == number)
        #expect(Port(text)?.description == text)
    }

    @Test(arguments: [
        "", "0", "65536", "99999", "100000", "-1", "+1", " 80", "80 ", "080", "1e3", "8_0", "0x50", "80\n",
        "８０", "٣٤",
        "80.0", "a", "4294967376", "18446744073709551697",
    ])
    func rejects(_ text: String) {
        #expect(Port(text) == nil)
    }

    @Test(arguments: [(-1, false), (0, false), (1, true), (65535, true), (65536, false), (Int.max, false)])
    func takesNumbersInBounds(_ number: Int, isValid: Bool) {
        #expect((Port(number) != nil) == isValid)
    }

    @Test(arguments: [(1, true), (80, true), (1023, true), (1024, false), (65535, false)])
    func isPrivilegedBelow1024(_ number: Int, isPrivileged: Bool) {
        #expect(Port(number)?.isPrivileged == isPrivileged)
    }

    @Test(arguments: [
        (3000, false), (5999, false), (6000, true), (6001, false), (6664, false), (6665, true), (6669, true),
        (6670, false), (6697, true), (10080, true), (2049, true), (5060, true), (8080, false),
    ])
    func knowsWhatBrowsersBlock(_ number: Int, isBlocked: Bool) {
        #expect(Port(number)?.isBlockedByBrowsers == isBlocked)
    }

    @Test func ordersByNumber() {
        #expect(([10000, 999, 3000] as [Port]).sorted() == [999, 3000, 10000])
    }
}
