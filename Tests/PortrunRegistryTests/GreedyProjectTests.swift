import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// Projects whose text asks for so many ports that others would have none.
struct GreedyProjectTests {
    let test: TestRegistry

    init() throws { test = try TestRegistry() }

    private static let greedy = Context.named("greedy/main")
    private static let guest = Context.named("myapp/feature", isGuest: true)

    private func block(_ name: String, at first: Int, count: Int) throws -> ServiceRequest {
        var request = ServiceRequest.compose(try #require(ServiceName(name)), declared: Port(first), count: count)
        request.mayBeLeftOut = true
        return request
    }

    @Test func noneHasMoreThanAQuarterOfAllPorts() throws {
        let outcome = try test.book(
            [try block("some", at: 2400, count: 1000), try block("most", at: 3400, count: 40000)], for: Self.greedy)
        #expect(outcome.ports.map { $0?.count } == [1000, nil])
        #expect(
            outcome.notices == [
                "`most` would have more than the 16384 ports that a project may book: the command runs without"
            ])
        #expect(try test.port(.compose("db", declared: 5432)) == 5432)
    }

    @Test func aBlockThatNothingUsesAndFitsNowhereElseIsGivenUp() throws {
        try test.book([try block("rtp", at: 5000, count: 16000)], for: Self.greedy)
        try test.book([try block("more", at: 22000, count: 10000)], for: .named("greedy/other"))
        #expect(try test.port(.compose("db", declared: 5432)) == 5432)
        #expect(try !test.status().contains { $0.contains("rtp") && $0.contains("5000") })
    }

    /// As every other project with RTP has it.
    @Test func aPortThatMovesIsLookedForBeyondARangeThatIsFull() throws {
        try test.book([try block("rtp", at: 10000, count: 10001)], for: Self.greedy)
        let outcome = try test.book([try block("mailer", at: 8099, count: 1)], for: Self.guest)
        #expect(outcome.ports.map { $0?.first.number } == [20001])
    }

    /// And takes none that the same project declares.
    @Test func aPortThatMovesTakesNoneOfTheProjectsOwn() throws {
        test.facts.busy = [5060]
        let requests = [try block("sip", at: 5060, count: 1), try block("rtp", at: 10000, count: 10001)]
        let outcome = try test.book(requests, for: Self.greedy)
        #expect(outcome.ports.map { $0?.first.number } == [20001, 10000])
    }

    /// Each of many bookings that are in the way is moved without a search from the start.
    @Test(arguments: [500, 2000])
    func manyThatGiveWayAreMovedInLinearTime(_ count: Int) throws {
        for number in 0..<count {
            try test.book([try block("s\(number)", at: 20000 + number * 2, count: 2)], for: Self.greedy)
        }
        let requests = try (0..<count).map { try block("t\($0)", at: 20001 + $0 * 2, count: 1) }
        let start = ProcessorClock.nanoseconds()
        let outcome = try test.book(requests, for: .named("other/main"))
        let end = ProcessorClock.nanoseconds()
        #expect(outcome.moves.isEmpty)
        #expect(end - start < Int64(count) * 5_000_000, "\((end - start) / Int64(count)) ns each")
    }
}
