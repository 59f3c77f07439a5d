import TestSupport
import Testing

@testable import PortrunBase

struct PortRangeTests {
    @Test(arguments: [
        ("5432-5499", 68, "5432-5499"), ("80", 1, "80"), ("80-80", 1, "80"), ("1-65535", 65535, "1-65535"),
    ])
    func readsWhatUsersWrite(_ text: String, count: Int, description: String) throws {
        let range = try #require(PortRange(text))
        #expect(range.count == count)
        #expect(range.description == description)
    }

    @Test(arguments: [
        "", "-", "5432-", "-5432", "1-2-3", "5499-5432", "0-10", "1-65536", "a-b", "1 - 2", "5432..5499",
    ])
    func rejects(_ text: String) {
        #expect(PortRange(text) == nil)
    }

    @Test(
        arguments: [(5431, false), (5432, true), (5450, true), (5499, true), (5500, false)] as [(Port, Bool)])
    func containsBothEnds(_ port: Port, isInside: Bool) throws {
        #expect(try #require(PortRange("5432-5499")).contains(port) == isInside)
    }

    @Test func listsItsPortsUpwardsToTheVeryLast() throws {
        #expect(try Array(#require(PortRange("65533-65535")).ports) == [65533, 65534, 65535])
    }

    @Test func readsTheEphemeralPortsOfThisSystem() {
        let range = EphemeralPorts.current()
        #expect(range.first >= 1024)
        #expect(range.count > 1)
    }
}
