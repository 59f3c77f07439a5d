import PortrunRegistry
import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

struct PortserverRequestTests {
    @Test(arguments: [("8", 8), ("42\n", 42), (" 7 \r\n", 7), ("0", 0), ("-3", -3), ("99999999999999", 0)])
    func readsANumber(_ text: String, pid: Int32) {
        #expect(PortserverRequest(Array(text.utf8))?.pid == pid)
    }

    @Test(arguments: ["", "\n", "99Z\n", "99 8\n", "1.5", "123456789012345678901", "\u{FF11}"])
    func refusesWhatIsNone(_ text: String) {
        #expect(PortserverRequest(Array(text.utf8)) == nil)
    }

    @Test func readsPools() {
        #expect(PickingPool.read(PickingPool.usualText).pool?.count == 10000)
        #expect(PickingPool.read("1-1,3-8, 375-378").pool?.count == 11)
        let mixed = PickingPool.read("1-2,not,numbers,9,0-80,1138-65536,9-7,19-84")
        #expect(mixed.pool?.ranges.map(\.description) == ["1-2", "19-84"])
        #expect(mixed.ignored == ["not", "numbers", "9", "0-80", "1138-65536", "9-7"])
        #expect(PickingPool.read("").pool == nil)
    }
}
