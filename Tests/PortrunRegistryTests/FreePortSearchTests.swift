import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

struct FreePortSearchTests {
    let registry: TestRegistry

    init() throws { registry = try TestRegistry() }

    @Test(
        arguments: [
            (1, false, [20003]), (3, false, [20003, 20005, 20006]), (3, true, [20005, 20006, 20007]), (6, true, []),
            (6, false, [20003, 20005, 20006, 20007, 20008, 20009]), (7, false, []),
        ] as [(Int, Bool, [Port])])
    func goesAroundBlocksAndListeners(_ count: Int, isConsecutive: Bool, ports: [Port]) throws {
        var block = ServiceRequest.compose("rtp", demand: 19998)
        block.count = 5
        try registry.book([block])
        registry.facts.busy = [20004]
        #expect(try find(PortRange(20000, 20009), count, isConsecutive).ports == ports)
    }

    @Test func countsWhatItPassesOver() throws {
        try registry.book([.compose("a", demand: 6664)])
        registry.facts.busy = [6670]
        let outcome = try find(PortRange(6664, 6670), 1, false)
        #expect(outcome == FreePortSearch.Outcome(ports: [], booked: 1, busy: 1, blocked: 5))
    }

    @Test func passesOverWhatTheKernelHandsOut() throws {
        #expect(try find(PortRange(32000, 65535), 800, false).ports.last == 61031)
    }

    @Test func goesUpToTheLastPort() throws {
        #expect(try find(PortRange(65534, 65535), 2, true).ports == [65534, 65535])
        #expect(try find(PortRange(65535, 65535), 2, true).ports == [])
    }

    @Test func probesOnlyWhatIsNotBooked() throws {
        var block = ServiceRequest.compose("rtp", demand: 20000)
        block.count = 500
        try registry.book([block])
        var probed: [Port] = []
        var facts = registry.facts.facts
        facts.isBusy = { port, _ in
            probed.append(port)
            return false
        }
        let range = try #require(PortRange(20000, 20999))
        let ports = try registry.read(on: facts) {
            try $0.find(FreePortSearch(in: range, count: 2, isConsecutive: false, .tcp)).ports
        }
        #expect(ports == [20500, 20501])
        #expect(probed == ports)
    }

    private func find(_ range: PortRange?, _ count: Int, _ isConsecutive: Bool) throws -> FreePortSearch.Outcome {
        let range = try #require(range)
        return try registry.read(on: registry.facts.facts) {
            try $0.find(FreePortSearch(in: range, count: count, isConsecutive: isConsecutive, .tcp))
        }
    }
}
