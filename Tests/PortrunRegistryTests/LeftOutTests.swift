import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// Requests for which no port is free.
struct LeftOutTests {
    let test: TestRegistry

    init() throws {
        test = try TestRegistry()
        try test.write { transaction in
            try transaction.setRange(of: .postgres, to: PortRange("5500-5501"))
            try transaction.setRange(of: .other, to: PortRange("20000"))
        }
    }

    private static let guest = Context.named("myapp/feature", isGuest: true)

    /// As many as the project's text asks for, on the numbers of its main worktree.
    private func databases(_ count: Int) throws -> [ServiceRequest] {
        try (0..<count).map { number in
            var request = ServiceRequest.compose(
                try #require(ServiceName("db\(number)")), declared: Port(30000 + number))
            request.kind = .postgres
            request.mayBeLeftOut = true
            return request
        }
    }

    @Test func whatOnlyTheProjectAsksForIsLeftOut() throws {
        let outcome = try test.book(try databases(5) + [.command(demand: 4000)], for: Self.guest)
        #expect(outcome.ports.map { $0?.first } == [5500, 5501, 20000, nil, nil, 4000])
        #expect(outcome.leftOut.map(\.service) == ["db3", "db4"])
        #expect(outcome.moves.map(\.service) == ["db0", "db1", "db2"])
        #expect(
            outcome.notices.last
                == "no port is free for `db3` (30003) and 1 more service of this project: the command runs without; "
                + "`portrun gc` drops bookings whose project is gone, "
                + "`portrun config --set-range postgres:FIRST-LAST` gives more room")
        #expect(try test.status().count == 4, "nothing is booked for the others")
    }

    @Test func aPairIsLeftOutAsWell() throws {
        var pair = try databases(4)
        (pair[2].declared, pair[3].declared, pair[3].transport) = (30002, 30002, .udp)
        try test.write { try $0.setRange(of: .other, to: PortRange("5500")) }
        let outcome = try test.book(pair, for: Self.guest)
        #expect(outcome.leftOut.map(\.service) == ["db2"] && outcome.ports[3]?.first == 5500)
        #expect(outcome.moves.count == 3)
    }

    /// A stranger has the port of one that was booked before.
    @Test func aBookingThatCannotMoveIsLeftOut() throws {
        let requests = try databases(3)
        try test.book(requests, for: Self.guest)
        (test.facts.busy, test.facts.strangers) = ([5501], [5501])
        let outcome = try test.book(requests, for: Self.guest)
        #expect(outcome.leftOut.map(\.service) == ["db1"] && outcome.moves == [])
        test.facts.busy = []
        #expect(try test.book(requests, for: Self.guest).leftOut == [])
    }

    /// Neither a command's own port nor what the user asks for is left out.
    @Test func anythingElseIsAnError() throws {
        var requests = try databases(4)
        requests[3].mayBeLeftOut = false
        #expect(throws: BookingError.self) { try test.book(requests, for: Self.guest) }
        #expect(try test.status().isEmpty)
    }

    /// Each of tens of thousands would ask for all bookings that could be given up.
    @Test func manyAreLeftOutInLinearTime() throws {
        func time(_ count: Int, _ name: String) throws -> Int64 {
            let requests = try databases(count)
            let start = ProcessorClock.nanoseconds()
            let outcome = try test.book(requests, for: .named(name, isGuest: true))
            #expect(outcome.leftOut.count >= count - 3)
            return ProcessorClock.nanoseconds() - start
        }
        let first = try time(500, "a/feature")
        let second = try time(2000, "b/feature")
        #expect(second < first * 10)
    }
}
