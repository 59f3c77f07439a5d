import CSQLite
import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// What the next run costs in a checkout with many. Counted are the questions that it asks, and not the time.
struct ManySlotsTests {
    private let test: TestRegistry
    private let counted: Database

    init() throws {
        test = try TestRegistry()
        counted = try test.connection()
    }

    @Test func theNextRunReadsEveryLeaseOnce() throws {
        for pid in 1...3 { try test.launch([.command()], pid: Int32(pid)) }
        let few = try cost(ofRunAs: 4, service: "web-4")
        for pid in 5...100 { try test.launch([.command()], pid: Int32(pid)) }
        let many = try cost(ofRunAs: 101, service: "web-101")
        #expect(many.lineages == 1 && few.lineages == 1)
        // The index is searched for a gap in ranges that grow.
        #expect(many.statements <= few.statements + 30)
        // Each booking twice, each lease once, and the sample that is reaped.
        #expect(many.rows <= 3 * 100 + many.statements + 20)
        #expect(many.verdicts <= 100 + 20)
    }

    @Test func whatIsFreeBetweenManyIsFoundAtOnce() throws {
        for pid in 1...40 { try test.launch([.command()], pid: Int32(pid)) }
        test.facts.dead = [20, 30]
        #expect(try cost(ofRunAs: 41, service: "web-20").verdicts <= 40 + 20)
    }

    /// Launches on a connection of its own, whose statements and rows are counted.
    private func cost(ofRunAs pid: Int32, service: ServiceName) throws -> Cost {
        let cost = Cost()
        var facts = test.facts.facts
        let (verdict, lineage) = (facts.verdict, facts.lineage)
        facts.verdict = {
            cost.verdicts += 1
            return verdict($0)
        }
        facts.lineage = {
            cost.lineages += 1
            return lineage()
        }
        sqlite3_trace_v2(
            counted.handle, UInt32(SQLITE_TRACE_STMT | SQLITE_TRACE_ROW),
            { event, context, _, _ in
                guard let context else { return 0 }
                let cost = Unmanaged<Cost>.fromOpaque(context).takeUnretainedValue()
                if event == UInt32(SQLITE_TRACE_ROW) { cost.rows += 1 } else { cost.statements += 1 }
                return 0
            }, Unmanaged.passUnretained(cost).toOpaque())
        defer { sqlite3_trace_v2(counted.handle, 0, nil, nil) }
        try counted.begin("BEGIN IMMEDIATE")
        let transaction = Transaction(database: counted, facts: facts, answers: Answers())
        let record = try transaction.enter(.named("myapp/main"), stillResolves: TestRegistry.nobody).record
        let outcome = try transaction.book([.command()], for: record, terms: BookingTerms())
        _ = try transaction.lease(outcome.bookings, to: .process(pid), command: "server", isEphemeral: false)
        try counted.run("COMMIT")
        #expect(outcome.bookings.map(\.service) == [service])
        return cost
    }

    private final class Cost {
        var statements = 0
        var rows = 0
        var verdicts = 0
        var lineages = 0
    }
}
