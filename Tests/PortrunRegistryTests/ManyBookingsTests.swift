import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// What a transaction does beside thousands of bookings, while everybody else waits for it.
struct ManyBookingsTests {
    let test: TestRegistry

    init() throws { test = try TestRegistry() }

    /// Books a port each for another checkout.
    private func fill(_ ports: [Int], isHeld: Bool) throws {
        let requests = try ports.enumerated().map { number, port in
            ServiceRequest.compose(try #require(ServiceName("s\(number)")), wish: Port(port))
        }
        if isHeld {
            try test.launch(requests, pid: 1000, for: .named("other/main"))
        } else {
            try test.book(requests, for: .named("other/main"))
        }
        test.facts.probes.count = 0
    }

    private func blocks(_ count: Int, of ports: Int, from port: (Int) -> Int) throws -> [ServiceRequest] {
        try (0..<count).map { number in
            .compose(try #require(ServiceName("b\(number)")), declared: Port(port(number)), count: ports)
        }
    }

    /// Each finds other ports than those before it, at which nobody looks again.
    @Test func blocksLookAtEachBookingOnce() throws {
        try fill(Array(stride(from: 32000, to: 24000, by: -4)), isHeld: true)
        let ports = try test.book(try blocks(6, of: 2001) { _ in 25000 }).bookings.map(\.port)
        #expect(ports == [63535, 61534, 22003, 20002, 18001, 16000])
        #expect(test.facts.probes.count < 6 * 2 * 2001 + 6 * 20)
    }

    /// Hundreds of bookings give way to each.
    @Test func blocksAreLookedUpOnce() throws {
        test.facts.isListing = true
        try fill((0..<2000).map { 20000 + $0 * 4 }, isHeld: false)
        let outcome = try test.book(try blocks(5, of: 2001) { 20000 + $0 * 2001 })
        #expect(outcome.moves == [] && outcome.yields.count == 2000)
        #expect(outcome.notices.count == 21)
        #expect(outcome.notices.last == "and 1980 more bookings that nothing uses give their ports up")
        #expect(test.facts.probes.count <= 2 * 64)
    }

    private func time(_ requests: [ServiceRequest], for name: String) throws -> Int64 {
        let start = ProcessorClock.nanoseconds()
        let outcome = try test.book(requests, for: .named(name))
        let end = ProcessorClock.nanoseconds()
        #expect(outcome.bookings.count == requests.count)
        return end - start
    }

    private func services(_ count: Int, _ prefix: String, from port: Int, _ transport: TransportProtocol = .tcp) throws
        -> [ServiceRequest]
    {
        try (0..<count).map {
            .compose(
                try #require(ServiceName("\(prefix)\($0)")), declared: Port(port + $0),
                transport: transport)
        }
    }

    /// The files of another folder have made them: each is looked for by its number, and not among all.
    @Test func bookingsOfOtherFilesOfTheCheckoutCostNoneOfThem() throws {
        func time(_ count: Int, _ name: String, _ port: Int) throws -> Int64 {
            _ = try self.time(try services(count, "a", from: port), for: name)
            return try self.time(try services(count, "b", from: port + count), for: name)
        }
        let first = try time(250, "a/main", 10000)
        let second = try time(1000, "b/main", 12000)
        #expect(second < first * 12)
    }

    @Test func pairsAreFoundInLinearTime() throws {
        func time(_ count: Int, _ name: String, _ port: Int) throws -> Int64 {
            try self.time(
                try services(count, "c", from: port) + services(count, "c", from: port, .udp), for: name)
        }
        let first = try time(150, "a/main", 10000)
        let second = try time(600, "b/main", 12000)
        #expect(second < first * 12)
    }

    /// What is booked already is looked up, and neither searched nor written.
    @Test func aSecondLaunchTakesLessThanTheFirst() throws {
        let requests = try services(1000, "s", from: 10000)
        let first = try time(requests, for: "a/main")
        #expect(try time(requests, for: "a/main") < first)
    }

    /// A launch asks for what env files name when something has to move, and never otherwise.
    @Test func whatIsNamedElsewhereIsAskedForWhenSomethingMoves() throws {
        let asked = Asked()
        var terms = BookingTerms()
        terms.named = {
            asked.count += 1
            return [PortRange(5434)]
        }
        let database = ServiceRequest.compose("postgres", declared: 5432)
        #expect(try test.port(database, for: .named("a/main"), terms) == 5432)
        #expect(asked.count == 0)
        try test.hold(.compose("x", declared: 5440), for: .named("x/main"))
        try test.launch([.compose("postgres", declared: 5433)], pid: 2000, for: .named("c/main"))
        #expect(try test.port(.compose("postgres", declared: 5433), for: .named("b/main"), terms) == 5435)
        #expect(asked.count == 1)
    }

    private final class Asked: @unchecked Sendable {
        // One thread at a time asks.
        var count = 0
    }

    /// Twice as many take twice the time, and not four times: nothing is read again for each.
    @Test func singlePortsAreFoundInLinearTime() throws {
        try fill((0..<1500).map { 10000 + $0 }, isHeld: true)
        func time(_ count: Int, _ name: String) throws -> Int64 {
            let requests = try (0..<count).map {
                ServiceRequest.compose(try #require(ServiceName("c\($0)")), declared: Port(10000 + $0))
            }
            let start = ProcessorClock.nanoseconds()
            _ = try test.book(requests, for: .named(name))
            return ProcessorClock.nanoseconds() - start
        }
        let first = try time(300, "a/main")
        let second = try time(1200, "b/main")
        #expect(second < first * 10)
    }

    /// Nor is anything compared with all the others for each of those that declare one port.
    @Test func servicesThatDeclareOnePortAreBookedInLinearTime() throws {
        func time(_ count: Int, _ name: String) throws -> Int64 {
            let requests = try (0..<count).map {
                ServiceRequest.compose(try #require(ServiceName("c\($0)")), declared: 5432)
            }
            let start = ProcessorClock.nanoseconds()
            let outcome = try test.book(requests, for: .named(name))
            #expect(Set(outcome.bookings.map(\.port)).count == count)
            return ProcessorClock.nanoseconds() - start
        }
        let first = try time(150, "a/main")
        let second = try time(600, "b/main")
        #expect(second < first * 12)
    }

    /// Each that was booked under another name is taken over, once.
    @Test func manyBookingsOfOnePortAreTakenOver() throws {
        func book(_ prefix: String) throws -> [Port] {
            try test.book(
                try (0..<40).map { .compose(try #require(ServiceName("\(prefix)\($0)")), declared: 5432) },
                for: .named("a/main")
            ).bookings.map(\.port)
        }
        #expect(try book("old") == book("new"))
    }
}
