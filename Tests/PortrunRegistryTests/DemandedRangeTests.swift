import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// Ports that are asked for by `--range`.
struct DemandedRangeTests {
    let test: TestRegistry

    init() throws { test = try TestRegistry() }

    private func request(_ service: ServiceName, _ range: String, count: Int = 1) -> ServiceRequest {
        var request = ServiceRequest(service)
        request.range = PortRange(range)
        request.count = count
        return request
    }

    @Test func aBookingInTheRangeStays() throws {
        #expect(try test.port(request("a", "4000-4009")) == 4000)
        #expect(try test.port(request("b", "4000-4009")) == 4001)
        #expect(try test.port(request("b", "4000-4009")) == 4001)
        #expect(try test.port(request("a", "3990-4000")) == 4000)
    }

    @Test func aBookingOutsideOfItMoves() throws {
        #expect(try test.port(.compose("postgres")) == 5432)
        #expect(try test.port(request("postgres", "4000-4009")) == 4000)
        #expect(try test.status() == ["myapp/main postgres 4000 idle"])
    }

    @Test func aWishOutsideOfItDoesNotCount() throws {
        var wishing = request("a", "4000-4009")
        wishing.wish = 5000
        #expect(try test.port(wishing) == 4000)
        wishing = request("b", "4000-4009")
        wishing.wish = 4005
        #expect(try test.port(wishing) == 4005)
    }

    @Test func aBlockStaysWhole() throws {
        #expect(try test.port(request("a", "4000-4004", count: 3)) == 4000)
        #expect(throws: BookingError.self) { try test.port(request("b", "4000-4004", count: 3)) }
        #expect(try test.port(request("c", "4000-4004", count: 2)) == 4003)
    }

    @Test func whatIsDeadMakesRoomWhenItIsFull() throws {
        for pid in 1...20 { try test.launch([.command()], pid: Int32(pid), for: .named("a/\(pid)")) }
        try test.launch([request("a", "4000-4000")], pid: 21, for: .named("b/b"), BookingTerms(isEphemeral: true))
        #expect(throws: BookingError.self) { try test.port(request("c", "4000-4000")) }
        test.facts.dead = [21]
        #expect(try test.port(request("c", "4000-4000")) == 4000)
    }

    @Test func aContextThatLosesAnotherBookingMeanwhileStays() throws {
        for pid in 1...16 { try test.launch([.command()], pid: Int32(pid), for: .named("a/\(pid)")) }
        test.facts.network = "container"
        try test.launch([.command()], pid: 30, BookingTerms(isEphemeral: true))
        test.facts.network = "host"
        try test.launch([request("y", "4200-4200")], pid: 31, for: .named("y/y"), BookingTerms(isEphemeral: true))
        test.facts.dead = [30, 31]
        #expect(try test.port(request("api", "4200-4200")) == 4200)
        #expect(try test.write { try $0.integrityProblems() }.isEmpty)
        #expect(try test.status().last == "myapp/main api 4200 idle")
    }

    /// The dead lease is not among the oldest, which are reaped before anything is booked.
    @Test func whatWasJustKeptIsNotReaped() throws {
        for pid in 1...20 { try test.launch([.command()], pid: Int32(pid), for: .named("a/\(pid)")) }
        try test.launch([request("a", "4000-4000")], pid: 21, BookingTerms(isEphemeral: true))
        test.facts.dead = [21]
        #expect(throws: BookingError.self) { try test.book([request("a", "4000-4000"), request("b", "4000-4000")]) }
        #expect(try test.port(request("a", "4000-4000")) == 4000)
    }

    @Test func nothingElseDoesWhenItIsFull() throws {
        try test.port(request("a", "4000-4000"))
        test.facts.busy = [4001]
        #expect(
            throws: BookingError.exhausted(
                service: "b", range: PortRange(4000, 4001)!, isDemanded: true, booked: 1, busy: 1, blocked: 0)
        ) {
            try test.port(request("b", "4000-4001"))
        }
    }
}
