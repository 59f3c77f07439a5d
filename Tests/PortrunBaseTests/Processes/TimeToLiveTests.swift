import TestSupport
import Testing

@testable import PortrunBase

struct TimeToLiveTests {
    @Test(arguments: [("1", 1), ("3600", 3600), ("316224000", 316_224_000)] as [(String, Int64)])
    func readsSeconds(_ text: String, _ seconds: Int64) {
        #expect(TimeToLive(text)?.seconds == seconds)
    }

    @Test(arguments: [
        "", "0", "007", "-1", "+1", "1.5", "1e3", "0x10", "６０", " 1", "316224001", "99999999999999999999",
    ])
    func refuses(_ text: String) {
        #expect(TimeToLive(text) == nil)
    }
}
