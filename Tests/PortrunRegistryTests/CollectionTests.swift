import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// What `gc` drops.
struct CollectionTests {
    let test: TestRegistry

    init() throws {
        test = try TestRegistry()
        try test.port(.command(), for: .named("a/path"))
        try test.port(.command(), for: .named("a/branch"))
        try test.port(.command(), for: .named("a/kept"))
    }

    @Test func dropsWhatIsGoneAndSaysWhy() throws {
        test.facts.gone = ["a/path": .path, "a/branch": .branch]
        let dropped = try collect().bookings
        #expect(
            dropped.map { "\($0.label) \($0.booking.service) \($0.booking.port): \($0.reason.rawValue)" } == [
                "a/path web 3000: path is gone", "a/branch web 3001: branch is gone",
            ])
        #expect(try test.status() == ["a/kept web 3002 idle"])
        #expect(try test.write { try $0.find(identity: "a/path") } == nil)
        #expect(try collect().isEmpty)
    }

    @Test(arguments: [(nil, 0), (30, 0), (29, 1), (0, 3)] as [(Int?, Int)])
    func dropsWhatWasNotUsedOnDemand(_ staleDays: Int?, count: Int) throws {
        test.facts.now += 29 * 86_400 + 3600
        try test.launch([.command()], pid: 1, for: .named("a/path"))
        try test.launch([.command()], pid: 2, for: .named("a/branch"))
        test.facts.dead = [1, 2]
        test.facts.now += staleDays == 0 ? 1 : 0
        let dropped = try collect(staleDays: staleDays).bookings
        #expect(dropped.count == count)
        #expect(dropped.allSatisfy { $0.reason == .stale })
    }

    @Test func leavesAContextWithALiveLeaseAlone() throws {
        try test.launch([.command()], pid: 7, for: .named("a/path"))
        test.facts.gone = ["a/path": .path]
        #expect(try collect(staleDays: 0).isEmpty)
        test.facts.unknown = [7]
        #expect(try collect().isEmpty)
        test.facts.dead = [7]
        let collection = try collect()
        #expect(collection.deadLeases.map(\.holder.pid) == [7])
        #expect(collection.bookings.map(\.label) == ["a/path"])
    }

    @Test func dropsBookingsOfAGoneContextInEveryNetwork() throws {
        test.facts.network = "container"
        try test.port(.command(), for: .named("a/path"))
        test.facts.gone = ["a/path": .path]
        #expect(try collect().bookings.count == 2)
    }

    @Test func aDryRunDropsNothing() throws {
        test.facts.gone = ["a/path": .path]
        let before = try test.status()
        let collection = try test.write(isDryRun: true) { try $0.collect(staleDays: nil) }
        #expect(collection.bookings.count == 1)
        #expect(try test.status() == before)
    }

    @Test func whatIsBookedAgainIsInUse() throws {
        for service: ServiceName in ["db", "old"] { try test.port(.compose(service)) }
        test.facts.now += 40 * 86_400
        try test.port(.compose("db"))
        let dropped = try collect(staleDays: 30).bookings.filter { $0.label == "myapp/main" }
        #expect(dropped.map(\.booking.service) == ["old"])
    }

    private func collect(staleDays: Int? = nil) throws -> CollectionOutcome {
        try test.write { try $0.collect(staleDays: staleDays) }
    }
}
