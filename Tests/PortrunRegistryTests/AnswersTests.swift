import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// What a transaction asks of checkouts is found out while others may write.
struct AnswersTests {
    let test: TestRegistry
    let neighbour: Neighbour

    init() throws {
        test = try TestRegistry()
        neighbour = Neighbour(try test.another())
    }

    @Test func othersWriteWhileACheckoutIsResolved() throws {
        let port = try test.port(.command(), for: clone(at: "/old"))
        let moved = try test.write { transaction in
            let record = try transaction.enter(clone(at: "/new")) { _, _ in
                neighbour.write()
                return false
            }.record
            return try transaction.book([.command()], for: record, terms: BookingTerms()).bookings.first?.port
        }
        #expect(moved == port)
        #expect(neighbour.waits.count == 1)
        #expect(neighbour.longestWait < .seconds(0.3))
    }

    @Test func othersWriteWhileAReaderResolves() throws {
        try test.port(.command(), for: clone(at: "/old"))
        let found = try test.read(on: test.facts.facts) { reader in
            try reader.find(clone(at: "/new")) { _, _ in
                neighbour.write()
                return false
            }
        }
        #expect(found?.path == "/old")
        #expect(neighbour.waits.count == 1)
        #expect(neighbour.longestWait < .seconds(0.3))
    }

    @Test func othersWriteWhileARangeIsReclaimed() throws {
        try fill(2)
        var asked: [String] = []
        var facts = test.facts.facts
        facts.isGone = { place in
            asked.append(place.path)
            neighbour.write()
            return place.path.hasSuffix("a/1") ? .path : nil
        }
        let outcome = try test.write(on: facts) { transaction in
            let record = try transaction.enter(.named("b"), stillResolves: TestRegistry.nobody).record
            return try transaction.book([.command()], for: record, terms: BookingTerms())
        }
        #expect(outcome.bookings.map(\.port) == [3001])
        #expect(asked == ["/home/me/a/0", "/home/me/a/1"], "no more than it takes, and once")
        #expect(neighbour.longestWait < .seconds(0.3))
    }

    /// Listeners are looked at again: the port may have been taken since.
    @Test func passesAGoneBookingOverWhosePortIsBusyByThen() throws {
        try fill(2)
        let ports = PortCounter()
        var facts = test.facts.facts
        facts.isGone = { _ in .path }
        facts.isBusy = { port, _ in ports.count(port) > 1 && port == 3000 }
        let outcome = try test.write(on: facts) { transaction in
            let record = try transaction.enter(.named("b"), stillResolves: TestRegistry.nobody).record
            return try transaction.book([.command()], for: record, terms: BookingTerms())
        }
        #expect(outcome.bookings.map(\.port) == [3001])
    }

    @Test func othersWriteWhileItIsFoundOutWhatIsGone() throws {
        try fill(2)
        var facts = test.facts.facts
        facts.isGone = { place in
            neighbour.write()
            return place.path.hasSuffix("a/1") ? .branch : nil
        }
        let outcome = try test.write(on: facts) { try $0.collect(staleDays: nil) }
        #expect(outcome.bookings.map(\.label) == ["a/1"])
        #expect(neighbour.waits.count == 2)
        #expect(neighbour.longestWait < .seconds(0.3))
    }

    @Test func whatIsRecordedMeanwhileIsLeftToTheNextCollection() throws {
        try fill(1)
        var facts = test.facts.facts
        facts.isGone = { _ in
            neighbour.write()
            return .path
        }
        #expect(try test.write(on: facts) { try $0.collect(staleDays: nil) }.bookings.map(\.label) == ["a/0"])
        let rest = try test.write { try $0.find(identity: "neighbour/1") }
        #expect(rest != nil)
        facts.isGone = { _ in .path }
        let outcome = try test.write(on: facts) { try $0.collect(staleDays: nil) }
        #expect(outcome.bookings.map(\.label) == ["neighbour/1"])
    }

    @Test func aContextThatMovesMeanwhileIsNotGone() throws {
        let port = try test.port(.command(), for: clone(at: "/old"))
        let other = try test.another()
        var facts = test.facts.facts
        facts.isGone = { _ in
            _ = try? other.write(on: TestFacts().facts) {
                try $0.enter(clone(at: "/new"), stillResolves: TestRegistry.nobody)
            }
            return .path
        }
        #expect(try test.write(on: facts) { try $0.collect(staleDays: nil) }.bookings.isEmpty)
        #expect(try test.port(.command(), for: clone(at: "/new")) == port)
    }

    @Test func aBodyThatSwallowsTheEndOfItsAttemptRunsAgain() throws {
        try test.port(.command(), for: clone(at: "/old"))
        var attempts = 0
        let path = try test.write { transaction in
            attempts += 1
            let entered = try? transaction.enter(clone(at: "/new"), stillResolves: TestRegistry.nobody)
            _ = try transaction.record(.named("attempt \(attempts)"), stillResolves: TestRegistry.nobody)
            return entered?.record.path
        }
        #expect(attempts == 2)
        #expect(path == "/new", "as it is recorded by then")
        #expect(try test.write { try $0.find(identity: "attempt 1") } == nil)
        #expect(try test.write { try $0.find(identity: "attempt 2") } != nil)
    }

    @Test func endsThoughEveryAnswerIsOutOfDate() throws {
        try test.port(.command(), for: clone(at: "/0"))
        let other = try test.another()
        var count = 0
        let record = try test.write { transaction in
            try transaction.enter(clone(at: "/here")) { _, _ in
                count += 1
                _ = try? other.write(on: TestFacts().facts) {
                    try $0.enter(clone(at: "/\(count)"), stillResolves: TestRegistry.nobody)
                }
                return false
            }.record
        }
        #expect(record.identity == "url:main@/here", "nobody else's ports are taken")
        #expect(count == 100)
    }

    /// Books all ports of a range for as many contexts.
    private func fill(_ count: Int) throws {
        let last = try #require(Port(2999 + count))
        try test.write { transaction in
            for kind in [ServiceKind.web, .other] {
                try transaction.setRange(of: kind, to: PortRange(3000, last))
            }
        }
        for number in 0..<count { try test.port(.command(), for: .named("a/\(number)")) }
    }

    private func clone(at path: String) -> Context { .named("app/main", at: path, identity: "url:main") }
}

/// Somebody else with the same registry, who notes how long he waits.
final class Neighbour {
    private let registry: Registry
    private(set) var waits: [Duration] = []

    init(_ registry: Registry) { self.registry = registry }

    /// Books a port out of everybody's way, for a new context.
    func write() {
        let start = ContinuousClock.now
        let name = "neighbour/\(waits.count + 1)"
        let request = ServiceRequest.compose("db", demand: Port(20001 + waits.count))
        do {
            try registry.write(on: TestFacts().facts) { transaction in
                let record = try transaction.enter(.named(name), stillResolves: TestRegistry.nobody).record
                _ = try transaction.book([request], for: record, terms: BookingTerms())
            }
        } catch {
            Issue.record(error)
        }
        waits.append(ContinuousClock.now - start)
    }

    var longestWait: Duration { waits.max() ?? .seconds(60) }
}

/// How often each port was asked for.
private final class PortCounter {
    private var counts: [Port: Int] = [:]

    func count(_ port: Port) -> Int {
        counts[port, default: 0] += 1
        return counts[port, default: 0]
    }
}
