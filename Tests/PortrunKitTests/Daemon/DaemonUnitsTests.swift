import PortrunBase
import Testing

@testable import PortrunKit

struct DaemonUnitsTests {
    @Test func systemdReadsTheWordsAsTheyAre() throws {
        let units = try DaemonUnits.systemd(
            ["/opt/my tools/portrund", "--registry", "/home/a/100% \"$x\"\\.sqlite"], socket: "/run/100%.sock",
            configuration: "/home/a/.config", hasDoors: false)
        #expect(units.files.map(\.path).map(Path.lastName) == ["portrund.service", "portrund.socket"])
        #expect(
            units.files[0].text.contains(
                #"ExecStart="/opt/my tools/portrund" "--registry" "/home/a/100%% \"$$x\"\\.sqlite""# + "\n"))
        #expect(units.files[1].text.contains("ListenStream=/run/100%%.sock\nSocketMode=0600\n"))
        #expect(units.start.hasSuffix("enable --now portrund.socket"))
    }

    @Test func launchdReadsTheWordsAsTheyAre() {
        let units = DaemonUnits.launchd(["/opt/a&b/portrund", "<x>"], home: "/Users/a b")
        #expect(units.files.map(\.path) == ["/Users/a b/Library/LaunchAgents/dev.portrun.portrund.plist"])
        #expect(units.files[0].text.contains("        <string>/opt/a&amp;b/portrund</string>\n"))
        #expect(units.files[0].text.contains("        <string>&lt;x&gt;</string>\n"))
        #expect(units.stop == "launchctl remove dev.portrun.portrund")
        #expect(units.start == "launchctl load -w '/Users/a b/Library/LaunchAgents/dev.portrun.portrund.plist'")
    }
}
