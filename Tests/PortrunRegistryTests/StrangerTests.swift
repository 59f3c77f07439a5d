import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// What becomes of a booked port that a program without a lease listens on.
struct StrangerTests {
    let test: TestRegistry

    init() throws { test = try TestRegistry() }

    @Test func thePrimaryMovesWithANotice() throws {
        try test.port(.command())
        test.facts.busy = [3000]
        let outcome = try test.book([.command()])
        #expect(outcome.bookings.map(\.port) == [3001])
        #expect(outcome.moves == [Move(service: "web", from: 3000, to: 3001, reason: .busy)])
        test.facts.busy = []
        #expect(try test.port(.command()) == 3001, "it stays where it moved to")
    }

    @Test func aShellKeepsThePortOfTheServerThatItMayHaveStarted() throws {
        try test.port(.command())
        test.facts.busy = [3000]
        test.facts.strangers = [3000]
        let outcome = try test.book([.command()], BookingTerms(isShared: true))
        #expect(outcome.bookings.map(\.port) == [3000])
        #expect(outcome.moves.isEmpty)
    }

    @Test func aComposeServiceStaysWhileTheListenerMayBeDockers() throws {
        try test.port(.compose("db", declared: 5432))
        test.facts.busy = [5432]
        let outcome = try test.book([.compose("db", declared: 5432)])
        #expect(outcome.bookings.map(\.port) == [5432])
        #expect(outcome.moves.isEmpty)
    }

    @Test func aComposeServiceMovesWhenTheListenerIsKnownNotToBe() throws {
        try test.port(.compose("postgres", declared: 5432))
        test.facts.busy = [5432]
        test.facts.strangers = [5432]
        let outcome = try test.book([.compose("postgres", declared: 5432)])
        #expect(outcome.bookings.map(\.port) == [5433])
        #expect(outcome.moves.map(\.reason) == [.busy])
    }

    @Test func aListenerWithALeaseIsNoStranger() throws {
        try test.launch([.compose("db", declared: 5432)], pid: 1)
        test.facts.busy = [5432]
        test.facts.strangers = [5432]
        #expect(try test.port(.compose("db", declared: 5432)) == 5432)
    }

    @Test func aDemandForALostPortFails() throws {
        try test.port(.command())
        test.facts.busy = [3000]
        #expect(throws: BookingError.busy(ports: PortRange(3000))) { try test.port(.command(demand: 3000)) }
    }
}
