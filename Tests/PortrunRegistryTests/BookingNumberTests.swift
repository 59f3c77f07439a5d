import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// The numbers of bookings, by which clients know them.
struct BookingNumberTests {
    let registry: TestRegistry

    init() throws { registry = try TestRegistry() }

    private func book(_ service: ServiceName, for context: Context = .named("other/main")) throws -> Booking {
        try registry.book([.compose(service)], for: context).booking(at: 0)
    }

    /// However a booking goes, its number is not another's afterwards.
    @Test func noneIsGivenTwice() throws {
        let released = try book("web")
        try registry.write { try $0.release(released) }
        let ended = try registry.launch(
            [.command("api")], pid: 1001, BookingTerms(isEphemeral: true))
        try registry.write { try $0.end(ended.lease) }
        #expect(try registry.status().isEmpty)
        let last = try book("db")
        #expect(Set([released.id, ended.outcome.booking(at: 0).id, last.id]).count == 3)
        #expect(released.id < last.id)
        #expect(try registry.write { try $0.recorded(numbered: released.id) } == nil)
    }

    /// Likewise for who opens the file later, when nothing is left in it.
    @Test func noneIsGivenTwiceByAnotherProcess() throws {
        let first = try book("web")
        try registry.write { try $0.release(first) }
        try registry.write { try $0.dropEmptyContexts() }
        let second = try registry.another().write(on: registry.facts.facts) { transaction in
            let record = try transaction.enter(.named("a/b"), stillResolves: TestRegistry.nobody).record
            return try transaction.book([.compose("web")], for: record, terms: BookingTerms()).booking(at: 0)
        }
        #expect(second.id > first.id)
    }

    /// A booking that is undone before it is written uses no number up.
    @Test func aDryRunTakesNone() throws {
        let first = try book("web")
        _ = try registry.write(isDryRun: true) { transaction in
            let record = try transaction.enter(.named("a/b"), stillResolves: TestRegistry.nobody).record
            return try transaction.book([.compose("web")], for: record, terms: BookingTerms())
        }
        #expect(try book("db").id == first.id + 1)
    }
}
