import PortrunBase
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
}
