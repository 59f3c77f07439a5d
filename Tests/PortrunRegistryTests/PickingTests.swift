import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

struct PickingTests {
    let registry: TestRegistry

    init() throws { registry = try TestRegistry() }

    private func pick(from ranges: PortRange?..., startingAt start: Port, pid: Int32 = 100) throws -> (Port?, Int) {
        let pool = try #require(PickingPool(ranges.compactMap { $0 }))
        let picked = try registry.write {
            try $0.pick(from: pool, startingAt: start, for: .process(pid), command: "tests")
        }
        return (picked.port, picked.checked)
    }

    @Test func goesRoundFromWhereItBegins() throws {
        let range = PortRange(20000, 20002)
        #expect(try pick(from: range, startingAt: 20001) == (20001, 1))
        #expect(try pick(from: range, startingAt: 20001) == (20002, 2))
        #expect(try pick(from: range, startingAt: 20001) == (20000, 3))
        #expect(try pick(from: range, startingAt: 20001) == (nil, 3))
    }

    @Test func passesOverWhatIsNotFreeForBoth() throws {
        registry.facts.busy = [20000]
        registry.facts.busyUDP = [20001]
        try registry.book([.compose("db", demand: 20002)])
        try registry.book([.compose("dns", demand: 20003, transport: .udp)])
        #expect(try pick(from: PortRange(20000, 20004), startingAt: 20000) == (20004, 5))
    }

    @Test func booksForBothUntilTheProcessEnds() throws {
        _ = try pick(from: PortRange(20000, 20000), startingAt: 20000)
        #expect(
            try registry.status() == ["machine portserver-20000 20000 live", "machine portserver-20000-udp 20000 live"])
        #expect(try registry.port(.compose("db", declared: 20000)) != 20000)
        #expect(try registry.port(.compose("dns", declared: 20000, transport: .udp)) != 20000)
        registry.facts.dead = [100]
        #expect(try pick(from: PortRange(20000, 20000), startingAt: 20000, pid: 101) == (20000, 1))
        registry.facts.dead = [101]
        try registry.write { _ = try $0.reapDeadLeases(.all) }
        #expect(try registry.status().filter { $0.hasPrefix("machine") } == [])
    }

    /// Whoever names them means them.
    @Test func givesPortsThatTheKernelHandsOutToo() throws {
        #expect(try pick(from: PortRange(40000, 40000), startingAt: 40000) == (40000, 1))
    }

    @Test func countsAPortThatIsNamedTwiceOnce() throws {
        let ranges = [PortRange(30, 40), PortRange(20, 29), PortRange(35, 36), PortRange(50, 60)]
        let pool = try #require(PickingPool(ranges.compactMap { $0 }))
        #expect(pool.ranges.map(\.description) == ["20-40", "50-60"])
        #expect(pool.count == 32)
        #expect(pool.ranges(from: 25).map(\.description) == ["25-40", "50-60", "20-24"])
        #expect(pool.ranges(from: 61) == pool.ranges)
        #expect(PickingPool([]) == nil)
    }
}
