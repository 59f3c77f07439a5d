import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// Nobody waits while thousands of ports are looked at.
struct ListenersTests {
    let test: TestRegistry
    let block = ServiceRequest.compose("rtp", declared: 50000, transport: .udp, count: 10_001)

    init() throws {
        test = try TestRegistry()
        test.facts.isListing = true
    }

    @Test func aBlockIsLookedUpAndNotProbed() throws {
        #expect(try test.port(block) == 50000)
        #expect(test.facts.probes.count <= 16)
    }

    @Test func aListenerAnywhereInABlockIsSeen() throws {
        test.facts.busyUDP = [60000]
        let outcome = try test.book([block])
        #expect(outcome.moves.map(\.reason) == [.busy])
        #expect(outcome.bookings.map(\.port) == [22767])
        #expect(test.facts.probes.count <= 32)
    }

    @Test func othersWriteWhileTheSystemIsAsked() throws {
        let neighbour = Neighbour(try test.another())
        var facts = test.facts.facts
        facts.busyPorts = { _ in
            neighbour.write()
            return []
        }
        #expect(try book([block], on: facts).bookings.map(\.port) == [50000])
        #expect(neighbour.waits.count == 2)
        #expect(neighbour.longestWait < .seconds(0.3))
    }

    @Test func othersWriteWhileABlockIsProbedWhereTheSystemHasNoList() throws {
        test.facts.isListing = false
        let neighbour = Neighbour(try test.another())
        var facts = test.facts.facts
        facts.isBusy = { port, _ in
            if port == 50500 { neighbour.write() }
            return port == 60000
        }
        #expect(try book([block], on: facts).moves.map(\.reason) == [.busy])
        #expect(neighbour.waits.count == 1)
        #expect(neighbour.longestWait < .seconds(0.3))
    }

    @Test func ofManyServicesAFewAreProbed() throws {
        test.facts.busy = [7000, 7299]
        let requests = try (0..<300).map { number in
            ServiceRequest.compose(try #require(ServiceName("s\(number)")), declared: Port(7000 + number))
        }
        let outcome = try test.book(requests)
        #expect(outcome.moves.map(\.service) == ["s0", "s299"])
        #expect(test.facts.probes.count <= 2 * 64)
        let count = test.facts.probes.count
        try test.book(requests)
        #expect(test.facts.probes.count <= count + 2 * 64, "once they are booked, too")
    }

    @Test func ofManyBlocksAFewPortsAreProbed() throws {
        let requests = try (0..<50).map { number in
            let name = try #require(ServiceName("s\(number)"))
            return ServiceRequest.compose(name, declared: Port(7000 + 16 * number), count: 16)
        }
        try test.book(requests)
        #expect(test.facts.probes.count <= 2 * 64)
    }

    /// A port may be bound though nobody waits there.
    @Test func whatOnlyAProbeFindsIsFoundBesideABlock() throws {
        var facts = test.facts.facts
        facts.isBusy = { port, _ in port == 7000 }
        let outcome = try book([block, .compose("web", declared: 7000)], on: facts)
        #expect(outcome.moves.map(\.service) == ["web"])
    }

    /// To find a listener takes a look at all programs.
    @Test func othersWriteWhileManyListenersAreFound() throws {
        let requests = try (0..<30).map { number in
            let name = try #require(ServiceName("s\(number)"))
            return ServiceRequest.compose(name, declared: Port(7000 + number))
        }
        try test.book(requests)
        test.facts.busy = Set(requests.compactMap(\.declared))
        let neighbour = Neighbour(try test.another())
        var count = 0
        var facts = test.facts.facts
        facts.isStranger = { port, _ in
            count += 1
            if port == 7029 { neighbour.write() }
            return port == 7003 || port == 7029
        }
        let outcome = try book(requests, on: facts)
        #expect(outcome.moves.map(\.service) == ["s3", "s29"])
        #expect(count == 30, "each is asked for once, while others may write")
        #expect(neighbour.waits.count == 1)
        #expect(neighbour.longestWait < .seconds(0.3))
    }

    @Test func aBlockThatIsLargerThanTheRangeIsRefusedWithoutAProbe() throws {
        var request = ServiceRequest("rtp")
        (request.count, request.isCountDemanded, request.range) = (11, true, PortRange(7000, 7009))
        #expect(throws: BookingError.self) { try test.book([request]) }
        #expect(test.facts.probes.count == 0)
    }

    private func book(_ requests: [ServiceRequest], on facts: SystemFacts) throws -> BookingOutcome {
        try test.write(on: facts) { transaction in
            let record = try transaction.enter(.named("myapp/main"), stillResolves: TestRegistry.nobody).record
            return try transaction.book(requests, for: record, terms: BookingTerms())
        }
    }
}
