import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// TCP and UDP ports that are declared with one number.
struct PairTests {
    let test: TestRegistry
    let pair: [ServiceRequest] = [
        .compose("dns", declared: 5300), .compose("dns", declared: 5300, transport: .udp),
    ]

    init() throws { test = try TestRegistry() }

    @Test func haveTheirNumberWhereBothAreFree() throws {
        let outcome = try test.book(pair)
        #expect(outcome.bookings.map(\.port) == [5300, 5300])
        #expect(outcome.bookings.map(\.transport) == [.tcp, .udp])
        #expect(outcome.moves.isEmpty)
    }

    @Test func moveTogetherWhereOneIsTaken() throws {
        test.facts.busyUDP = [5300, 10001]
        try test.hold(.compose("x", declared: 10000))
        try test.hold(.compose("y", declared: 10002, transport: .udp))
        let outcome = try test.book(pair)
        #expect(outcome.bookings.map(\.port) == [10003, 10003])
        #expect(outcome.moves == [Move(service: "dns", from: 5300, to: 10003, reason: .busy)])
        #expect(try test.book(pair).bookings == outcome.bookings, "they stay")
        #expect(try test.book(pair).moves.isEmpty)
        test.facts.busyUDP = []
        #expect(try test.book(pair).bookings.map(\.port) == [5300, 5300], "both are free again")
    }

    @Test func ofTwoServicesMoveTogether() throws {
        let requests: [ServiceRequest] = [
            .compose("quic", declared: 4430, transport: .udp), .compose("db"), .compose("web", declared: 4430),
        ]
        try test.hold(.compose("x", declared: 4430))
        let outcome = try test.book(requests)
        #expect(outcome.bookings.map(\.service) == ["quic", "db", "web"])
        #expect(outcome.bookings[0].port == outcome.bookings[2].port)
        #expect(outcome.bookings[0].port != 4430)
        #expect(outcome.moves.map(\.service) == ["quic", "web"])
        #expect(outcome.moves.map(\.reason) == [.booked(owner: "other/main x"), .booked(owner: "other/main x")])
    }

    @Test(arguments: [true, false])
    func moveTogetherForAStrangerOnEither(_ isUDPAlone: Bool) throws {
        try test.book(pair)
        if isUDPAlone { test.facts.busyUDP = [5300] } else { test.facts.busy = [5300] }
        #expect(try test.book(pair).moves.isEmpty, "the listener may be Docker's own")
        test.facts.strangers = [5300]
        let outcome = try test.book(pair)
        #expect(outcome.bookings.map(\.port) == [10000, 10000])
        #expect(outcome.moves.count == 1)
    }

    @Test func aSecondOneJoinsTheFirst() throws {
        try test.hold(.compose("x", declared: 5300))
        #expect(try test.port(pair[0]) == 10000)
        #expect(try test.book(pair).bookings.map(\.port) == [10000, 10000])
    }

    @Test func bothMoveWhereASecondOneCannotJoin() throws {
        #expect(try test.port(pair[0]) == 5300)
        test.facts.busyUDP = [5300]
        let outcome = try test.book(pair)
        #expect(outcome.bookings.map(\.port) == [10000, 10000])
        #expect(outcome.moves == [Move(service: "dns", from: 5300, to: 10000, reason: .busy)])
    }

    @Test func aDemandIsForBoth() throws {
        try test.book(pair)
        var demanding = pair
        demanding[0].demand = 5353
        #expect(try test.book(demanding).bookings.map(\.port) == [5353, 5353])
        demanding[1].demand = 5354
        #expect(try test.book(demanding).bookings.map(\.port) == [5353, 5354], "unless each has its own")
    }

    @Test func aDemandThatOneOfThemCannotHaveFails() throws {
        test.facts.busyUDP = [5353]
        var demanding = pair
        demanding[0].demand = 5353
        #expect(throws: BookingError.busy(ports: PortRange(5353))) { try test.book(demanding) }
    }

    @Test func blocksMoveTogether() throws {
        test.facts.busyUDP = [7003, 10002]
        try test.hold(.compose("x", declared: 10007))
        let outcome = try test.book([
            .compose("rtp", declared: 7000, count: 4), .compose("rtp", declared: 7000, transport: .udp, count: 4),
        ])
        #expect(outcome.ports == [PortRange(10003, 10006), PortRange(10003, 10006)])
    }

    @Test func onlyTwoAreAPair() throws {
        let outcome = try test.book(pair + [.compose("other", declared: 5300)])
        #expect(outcome.bookings.map(\.port) == [5300, 5300, 10000])
        #expect(outcome.moves.map(\.service) == ["other"])
    }

    @Test func whatHasTwoNumbersKeepsThem() throws {
        try test.book([.compose("dns", declared: 5300), .compose("dns", declared: 5301, transport: .udp)])
        #expect(try test.book(pair).bookings.map(\.port) == [5300, 5301])
    }

    private func wishing(_ port: Port, _ member: Int = 0) -> [ServiceRequest] {
        var requests = pair
        requests[member].wish = port
        return requests
    }

    @Test(arguments: [0, 1])
    func aWishOfEitherIsForBoth(_ member: Int) throws {
        try test.book(pair)
        let outcome = try test.book(wishing(5399, member))
        #expect(outcome.bookings.map(\.port) == [5399, 5399])
        #expect(outcome.moves.isEmpty)
    }

    @Test func aWishThatCannotBeHadIsToldOfOnce() throws {
        try test.book(pair)
        try test.hold(.compose("x", declared: 5399))
        let refused = Move(service: "dns", from: 5399, to: 5300, reason: .booked(owner: "other/main x"))
        #expect(try test.book(wishing(5399)).moves == [refused])
        #expect(try test.book(wishing(5399)).moves.isEmpty)
        try test.hold(.compose("y", declared: 5398))
        #expect(try test.book(wishing(5398)).moves.map(\.from) == [5398], "another one is news")
        #expect(try test.book(wishing(5398)).moves.isEmpty)
    }

    @Test(arguments: [true, false])
    func aWishOfAPairInUseIsToldOfOnce(_ isUDPAlone: Bool) throws {
        try test.book(pair)
        if isUDPAlone { test.facts.busyUDP = [5300] } else { test.facts.busy = [5300] }
        let outcome = try test.book(wishing(5399))
        #expect(outcome.bookings.map(\.port) == [5300, 5300])
        #expect(outcome.moves == [Move(service: "dns", from: 5399, to: 5300, reason: .inUse(by: nil))])
        #expect(try test.book(wishing(5399)).moves.isEmpty)
        (test.facts.busy, test.facts.busyUDP) = ([], [])
        #expect(try test.book(wishing(5399)).bookings.map(\.port) == [5399, 5399])
    }

    @Test func aWishBringsTwoNumbersTogether() throws {
        try test.book([.compose("dns", declared: 5300), .compose("dns", declared: 5301, transport: .udp)])
        try test.hold(.compose("x", declared: 5399))
        let refused = try test.book(wishing(5399))
        #expect(refused.bookings.map(\.port) == [5300, 5301])
        #expect(refused.moves.map(\.from) == [5399])
        #expect(try test.book(wishing(5399)).moves.isEmpty)
        #expect(try test.book(wishing(5398)).bookings.map(\.port) == [5398, 5398])
    }
}
