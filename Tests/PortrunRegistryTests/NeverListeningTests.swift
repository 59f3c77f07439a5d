import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// A server of the checkout's own that was started and does not listen.
struct NeverListeningTests {
    let test: TestRegistry

    init() throws {
        test = try TestRegistry()
        try test.launch([Self.declaring("apps-web")], pid: 1)
    }

    private static func declaring(_ service: ServiceName) -> ServiceRequest {
        var request = ServiceRequest.command(service)
        request.declared = 3000
        return request
    }

    @Test func itIsExpectedAtFirst() throws {
        test.facts.now += 10
        let outcome = try test.launch([Self.declaring("web")], pid: 2).outcome
        #expect(outcome.bookings.map(\.port) != [3000])
        #expect(outcome.moves.map(\.reason) == [.booked(owner: "this checkout's `apps-web`")])
    }

    @Test func afterAMinuteItIsInNobodysWay() throws {
        test.facts.now += 61
        let outcome = try test.launch([Self.declaring("web")], pid: 2).outcome
        #expect(outcome.bookings.map(\.port) == [3000])
        #expect(outcome.moves.isEmpty && outcome.yields.isEmpty)
    }

    @Test func whileItListensItStays() throws {
        test.facts.now += 61
        test.facts.busy = [3000]
        #expect(try test.launch([Self.declaring("web")], pid: 2).outcome.bookings.map(\.port) != [3000])
    }

    /// What a linked worktree's server was told it has, whatever its files declare.
    @Test func aGuestsStays() throws {
        let guest = Context.named("myapp/topic", isGuest: true)
        let held = try test.launch([Self.declaring("apps-web")], pid: 3, for: guest).outcome.bookings.map(\.port)
        test.facts.now += 61
        var wishing = ServiceRequest.command("web")
        wishing.wish = held.first
        #expect(try test.launch([wishing], pid: 4, for: guest).outcome.bookings.map(\.port) != held)
    }
}
