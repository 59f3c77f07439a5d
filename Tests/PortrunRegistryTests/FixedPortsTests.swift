import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// What becomes of ports that a project fixes and somebody else has, as `--fixed` says.
struct FixedPortsTests {
    let test: TestRegistry

    init() throws { test = try TestRegistry() }

    @Test func keepBooksNothingInsteadOfMoving() throws {
        try test.hold(.compose("db", declared: 5432))
        test.facts.busy = [8003]
        let outcome = try test.book([
            .command(), .compose("db", declared: 5432, fixed: .keep), .compose("cache", declared: 6379, fixed: .keep),
            .compose("sip", declared: 8000, count: 5, fixed: .keep), .compose("postgres", declared: 5432),
        ])
        #expect(outcome.bookings.map(\.service) == ["web", "cache", "postgres"])
        #expect(outcome.bookings.map(\.port) == [3000, 6379, 5433])
        #expect(outcome.ports == [PortRange(3000), nil, PortRange(6379), nil, PortRange(5433)])
        #expect(outcome.moves.map(\.service) == ["postgres"])
        #expect(try test.status().filter { $0.hasPrefix("myapp/main") }.count == 3)
    }

    @Test func aBookingStandsBesideItsRequest() throws {
        test.facts.busy = [8000]
        try test.launch([.command()], pid: 1)
        let requests: [ServiceRequest] = [
            .compose("sip", declared: 8000, fixed: .keep), .command(), .compose("cache", declared: 6379),
        ]
        let outcome = try test.book(requests)
        #expect(outcome.requests.map(\.request) == requests)
        #expect(outcome.requests.map { $0.booking?.service } == [nil, "web-2", "cache"])
        #expect(outcome.booking(at: 2).port == 6379)
    }

    @Test func keepBooksTheDeclaredPortAgainOnceItIsFree() throws {
        test.facts.busy = [5432]
        #expect(try test.port(.compose("db", declared: 5432)) == 10000)
        let fixed = ServiceRequest.compose("db", declared: 5432, wish: 5555, fixed: .keep)
        #expect(try test.book([fixed]).bookings.isEmpty)
        test.facts.busy = []
        #expect(try test.port(fixed) == 5432)
    }

    @Test func keepLeavesAPortToTheStrangerThatTookIt() throws {
        let fixed = ServiceRequest.compose("db", declared: 5432, fixed: .keep)
        try test.port(fixed)
        test.facts.busy = [5432]
        #expect(try test.port(fixed) == 5432, "the listener may be Docker's own")
        test.facts.strangers = [5432]
        #expect(try test.book([fixed]).ports == [nil])
    }

    @Test func failNamesEveryPortThatIsTaken() throws {
        try test.hold(.compose("db", declared: 5432))
        test.facts.busy = [80]
        let requests: [ServiceRequest] = [
            .compose("db", declared: 5432, fixed: .fail), .compose("cache", declared: 6379, fixed: .fail),
            .compose("web", declared: 80, fixed: .fail), .compose("postgres", declared: 5432),
        ]
        let error = try #require(throws: BookingError.self) { try test.book(requests) }
        #expect(
            error.message == """
                ports that the project fixes are taken: `db`: 5432 is booked by other/main db; `web`: another program \
                listens on 80
                """)
        #expect(error.exitStatus == 125)
        #expect(try test.status() == ["other/main db 5432 live"], "nothing is booked")
    }

    @Test func failIsContentWithWhatIsFree() throws {
        let requests: [ServiceRequest] = [
            .compose("dns", declared: 53, fixed: .fail), .compose("dns", declared: 53, transport: .udp, fixed: .fail),
        ]
        #expect(try test.book(requests).bookings.map(\.port) == [53, 53])
        #expect(try test.book(requests).bookings.map(\.port) == [53, 53])
    }

    @Test(arguments: [FixedPortPolicy.keep, .fail])
    func aDemandIsTheUsersOwn(_ fixed: FixedPortPolicy) throws {
        test.facts.busy = [5432]
        #expect(try test.port(.compose("db", declared: 5432, demand: 5555, fixed: fixed)) == 5555)
    }
}
