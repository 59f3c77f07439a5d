import PortrunBase
import PortrunKit
import Testing

@testable import PortrunDaemon

struct DaemonOptionsTests {
    @Test func areRead() throws {
        let options = try DaemonOptions(["--registry", "/x", "--door=api=[::1]:80", "--door", "api"])
        #expect(options.registry == "/x")
        #expect(options.doors.map(\.addresses) == [[LoopbackAddress(isIPv6: true, port: 80)], Door.api.addresses])
        #expect(try DaemonOptions(["--registry=/a=b"]).registry == "/a=b")
    }

    @Test func everyDoorHasAHelpLine() {
        for door in Door.allCases { #expect(DaemonOptions.help.contains("  \(door.name)  \(door.summary)")) }
    }

    /// A client that asks `localhost` may try `::1` first, where else another user could wait for it.
    @Test(arguments: Door.allCases)
    func everyDoorIsOpenOnBothAddresses(_ door: Door) {
        #expect(door.addresses.map(\.isIPv6) == [false, true])
        #expect(Set(door.addresses.map(\.port)).count == 1)
    }
}
