import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// Bookings of several consecutive ports.
struct BlockTests {
    let test: TestRegistry

    init() throws { test = try TestRegistry() }

    @Test func isOneBooking() throws {
        let outcome = try test.book([.compose("sip", declared: 7000, count: 3)])
        #expect(outcome.bookings.map(\.ports) == [PortRange(7000, 7002)])
        #expect(outcome.ports == [PortRange(7000, 7002)])
        #expect(try test.status() == ["myapp/main sip 7000 idle"])
        #expect(try test.book([.compose("sip", declared: 7000, count: 3)]).bookings == outcome.bookings)
    }

    /// What another checkout has booked, what listens, and where a declared 7000-7005 goes then.
    @Test(
        arguments: [
            ([], [], 7000, nil), ([(7005, 1)], [], 10000, "ports in 7000-7005 are booked by other/main a"),
            ([(7006, 1), (6999, 1)], [], 7000, nil),
            ([(6000, 1000)], [], 7000, nil),
            ([(6000, 1001)], [], 10000, "ports in 7000-7005 are booked by other/main a"),
            ([(7003, 100)], [], 10000, "ports in 7000-7005 are booked by other/main a"),
            ([], [7005], 10000, "another program listens in 7000-7005"), ([], [7006], 7000, nil),
            ([(7000, 1), (10003, 1), (10010, 5)], [], 10004, "ports in 7000-7005 are booked by other/main a"),
            ([(7000, 1), (10003, 1), (10009, 5)], [], 10014, "ports in 7000-7005 are booked by other/main a"),
            ([(7000, 1)], [10002, 10009], 10003, "ports in 7000-7005 are booked by other/main a"),
            ([(7000, 1)], [10005, 10010], 10011, "ports in 7000-7005 are booked by other/main a"),
        ] as [([(Port, Int)], Set<Port>, Port, String?)])
    func movesWhole(_ others: [(Port, Int)], busy: Set<Port>, to port: Port, for reason: String?) throws {
        for (name, other) in zip(["a", "b", "c"] as [ServiceName], others) {
            try test.hold(.compose(name, declared: other.0, count: other.1))
        }
        test.facts.busy = busy
        let outcome = try test.book([.compose("sip", declared: 7000, count: 6)])
        #expect(outcome.bookings.map(\.port) == [port])
        let message = reason.map { "`sip` moved from 7000-7005 to \(port)-\(port.number + 5): \($0)" }
        #expect(outcome.moves.map(\.message) == [message].compactMap { $0 })
    }

    @Test func aSinglePortGoesAroundABlock() throws {
        try test.hold(.compose("rtp", declared: 10000, count: 50))
        try test.hold(.compose("sip", declared: 10051))
        #expect(try test.port(.compose("cache")) == 10050)
        #expect(try test.port(.compose("mail")) == 10052)
        #expect(try test.port(.compose("dns", declared: 10049)) == 10053)
    }

    @Test func goesWhereThereIsRoom() throws {
        try test.write { try $0.setRange(of: .web, to: PortRange(3000, 3004)) }
        let block = ServiceRequest.compose("web", count: 6)
        #expect(try test.launch([block], pid: 7).outcome.bookings.map(\.source) == [.fallback])
        let sizes = [9_000, 12_000, 4_000, 1_700]
        let ports = try sizes.enumerated().map { number, size in
            try test.hold(.compose("rtp", declared: 10000, count: size), for: .named("a/\(number)"))
        }
        #expect(ports == [23768, 11768, 61536, 10068], "from above, around the kernel's own")
    }

    @Test func anErrorCountsWhenThereIsNoRoom() throws {
        let rtp = ServiceRequest.compose("rtp", declared: 50000, count: 10_001)
        let ports = try (0...2).map { try test.hold(rtp, for: .named("a/\($0)")) }
        #expect(ports == [50000, 22767, 12766])
        let error = BookingError.exhausted(
            service: "rtp", count: 10_001, range: PortRange(10000, 19999)!, booked: 10_001, busy: 0, blocked: 0)
        #expect(throws: error) { try test.port(rtp) }
        #expect(
            error.message == """
                no 10001 consecutive free ports for `rtp` in 10000-19999: 10001 booked, 0 in use by other programs, \
                0 blocked
                """)
        #expect(try test.port(.compose("cache")) == 10000, "others still have room")
        (test.facts.gone, test.facts.dead) = (["a/1": .path], [1002])
        #expect(try test.port(rtp) == 22767)
    }

    @Test func aHugeBlockGoesAroundWhatListens() throws {
        test.facts.busy = [22000, 65535, 32000]
        let rtp = ServiceRequest.compose("rtp", declared: 21000, count: 9_000)
        #expect(try test.port(rtp) == 23000)
        #expect(try test.port(rtp, for: .named("a/1")) == 13000)
        #expect(test.facts.probes.count < 60_000, "no port is probed more than a few times")
    }

    @Test func aBookedBlockIsProbedAtAFewPlacesOnly() throws {
        let block = ServiceRequest.compose("rtp", declared: 50000, transport: .udp, count: 10_001)
        try test.port(block)
        let count = test.facts.probes.count
        #expect(count <= 10_001 + 16)
        try test.port(block)
        #expect(test.facts.probes.count <= count + 16)
    }

    @Test func movesForAStranger() throws {
        let block = ServiceRequest.compose("sip", declared: 7000, count: 6)
        try test.port(block)
        test.facts.busy = [7003]
        #expect(try test.port(block) == 7000, "the listener may be Docker's own")
        test.facts.strangers = [7003]
        #expect(
            try test.book([block]).moves == [
                Move(service: "sip", from: 7000, to: 10000, count: 6, reason: .busy)
            ])
    }

    @Test func growsInItsPlaceWhileThereIsRoom() throws {
        try test.port(.compose("sip", declared: 7000, count: 3))
        try test.port(.compose("other", declared: 7005))
        #expect(try test.book([.compose("sip", declared: 7000, count: 5)]).ports == [PortRange(7000, 7004)])
        let moved = try test.book([.compose("sip", declared: 7000, count: 6)])
        #expect(moved.ports == [PortRange(10000, 10005)])
        #expect(
            moved.moves.map(\.message) == [
                "`sip` moved from 7000-7004 to 10000-10005: ports in 7000-7005 are booked by myapp/main other"
            ])
        #expect(
            try test.book([.compose("sip", declared: 7000, count: 2)]).ports == [PortRange(7000, 7001)], "there again")
    }

    @Test func isAsLargeAsIsDemanded() throws {
        func block(_ count: Int, demand: Port? = nil, range: PortRange? = nil) throws -> [PortRange?] {
            var request = ServiceRequest("rtp")
            (request.count, request.isCountDemanded, request.demand, request.range) = (count, true, demand, range)
            return try test.book([request]).ports
        }
        let range = PortRange(7000, 7009)
        #expect(try block(10, range: range) == [range])
        #expect(throws: BookingError.self) { try block(11, range: range) }
        #expect(try block(2) == [PortRange(7000, 7001)])
        try test.port(.compose("other", declared: 7104))
        #expect(try block(2, demand: 7100) == [PortRange(7100, 7101)])
        #expect(throws: BookingError.booked(ports: PortRange(7100, 7105)!, owner: "myapp/main other")) {
            try block(6, demand: 7100)
        }
    }

    @Test func whoNamesTheServiceGetsAllOfIt() throws {
        try test.port(.compose("sip", declared: 7000, count: 3))
        #expect(try test.book([ServiceRequest("sip")]).ports == [PortRange(7000, 7002)])
        var request = ServiceRequest("sip")
        request.demand = 7001
        #expect(try test.book([request]).ports == [PortRange(7001, 7003)], "over its own ports")
    }

    @Test func aDemandBeyondTheLastPortFails() throws {
        #expect(throws: BookingError.beyondLast(port: 65533, count: 4)) {
            try test.port(.compose("sip", demand: 65533, count: 4))
        }
        #expect(try test.port(.compose("sip", demand: 65532, count: 4)) == 65532)
        #expect(try test.port(.compose("rtp", wish: 65535, count: 4)) == 10000)
    }

    @Test func networksDoNotConflict() throws {
        try test.port(.compose("sip", declared: 7000, count: 6))
        test.facts.network = "container"
        #expect(try test.hold(.compose("sip", declared: 7003, count: 6)) == 7003)
    }

    /// Bookings of all sizes come, grow, shrink, move and go; every number stays the same from run to run.
    @Test func blocksNeverOverlap() throws {
        var random = Numbers(state: 42)
        try test.write { try $0.setRange(of: .other, to: PortRange(10000, 10400)) }
        for _ in 0..<600 {
            let context = Context.named("app/\(random.next(below: 12))")
            let service = ["a", "b", "c"][random.next(below: 3)] as ServiceName
            let transport = TransportProtocol.allCases[random.next(below: 2)]
            if random.next(below: 4) == 0 {
                try test.write { transaction in
                    let record = try transaction.record(context, stillResolves: TestRegistry.nobody).record
                    try transaction.booking(of: record, service, transport).map(transaction.release)
                }
            } else {
                let declared = random.next(below: 2) == 0 ? Port(9900 + random.next(below: 300)) : nil
                let count = random.next(below: 3) == 0 ? 1 : 1 + random.next(below: 25)
                try test.book(
                    [.compose(service, declared: declared, transport: transport, count: count)], for: context)
            }
            let booked = try test.write { try $0.status() }.map(\.booking)
            for transport in TransportProtocol.allCases {
                let blocks = booked.filter { $0.transport == transport }.map(\.ports).sorted { $0.first < $1.first }
                for (block, next) in zip(blocks, blocks.dropFirst()) { #expect(block.last < next.first) }
            }
        }
    }
}

/// Numbers that look random (Knuth's MMIX generator).
private struct Numbers {
    var state: UInt64

    mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % limit
    }
}
