import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

struct LeaseTests {
    let test: TestRegistry

    init() throws { test = try TestRegistry() }

    @Test func isWhatWasRecorded() throws {
        let (outcome, lease) = try test.launch([.command()], pid: 7)
        let stored = try test.write { try $0.leases(on: outcome.bookings[0]) }
        #expect(stored == [lease])
        #expect(stored.first?.holder == .process(7))
        #expect(try test.status() == ["myapp/main web 3000 live"])
    }

    @Test func keepsNumbersOfFullWidth() throws {
        var holder = Holder.process(1)
        holder.start = .max
        holder.pidfdID = .max - 1
        holder.uid = .max
        let stored = try test.write { transaction in
            let record = try transaction.record(.named("a"), stillResolves: TestRegistry.nobody).record
            let outcome = try transaction.book([.command()], for: record, terms: BookingTerms())
            _ = try transaction.lease(outcome.bookings, to: holder, command: "é\u{0}'", isEphemeral: false)
            return try transaction.leases(on: outcome.bookings[0])
        }
        #expect(stored.map(\.holder) == [holder])
    }

    @Test func endsAndLeavesTheBooking() throws {
        let (_, lease) = try test.launch([.command()], pid: 7)
        try test.write { try $0.end(lease) }
        #expect(try test.status() == ["myapp/main web 3000 idle"])
        try test.write { try $0.end(lease) }
        #expect(try test.status() == ["myapp/main web 3000 idle"], "ending twice is ending once")
    }

    /// SQLite gives the number of a lease that was reaped to the next one.
    @Test func leavesTheNextLeaseOfItsNumberAlone() throws {
        let first = try test.launch([.command()], pid: 7).lease
        test.facts.dead = [7]
        let second = try test.launch([.command()], pid: 8).lease
        #expect(second.id == first.id)
        try test.write { try $0.end(first) }
        #expect(try test.status() == ["myapp/main web 3000 live"])
    }

    @Test func takesAnEphemeralBookingWithIt() throws {
        let ephemeral = BookingTerms(isEphemeral: true)
        let (_, lease) = try test.launch([.command(), .compose("db", declared: 5432)], pid: 7, ephemeral)
        #expect(try test.status().count == 2)
        try test.write { try $0.end(lease) }
        #expect(try test.status().isEmpty)
    }

    @Test func anEphemeralRunDoesNotDropWhatWasThereBefore() throws {
        try test.port(.compose("db", declared: 5432))
        let (_, lease) = try test.launch(
            [.command(), .compose("db", declared: 5432)], pid: 7, BookingTerms(isEphemeral: true))
        try test.write { try $0.end(lease) }
        #expect(try test.status() == ["myapp/main db 5432 idle"])
    }

    @Test func anEphemeralBookingStaysWhileAnotherHoldsIt() throws {
        let ephemeral = BookingTerms(isEphemeral: true)
        let first = try test.launch([.compose("db", declared: 5432)], pid: 7, ephemeral).lease
        let second = try test.launch([.compose("db", declared: 5432)], pid: 8, ephemeral).lease
        try test.write { try $0.end(first) }
        #expect(try test.status() == ["myapp/main db 5432 live"])
        try test.write { try $0.end(second) }
        #expect(try test.status().isEmpty)
    }

    @Test func aLastingRunMakesAnEphemeralBookingLast() throws {
        let first = try test.launch(
            [.compose("db", declared: 5432)], pid: 7, BookingTerms(isEphemeral: true)
        ).lease
        let second = try test.launch([.compose("db", declared: 5432)], pid: 8).lease
        try test.write { try $0.end(first) }
        try test.write { try $0.end(second) }
        #expect(try test.status() == ["myapp/main db 5432 idle"])
    }

    @Test func onlyProofOfDeathFreesIt() throws {
        for pid: Int32 in [1, 2, 3] { try test.launch([.command()], pid: pid) }
        test.facts.dead = [2]
        test.facts.unknown = [3]
        let reaped = try test.write { try $0.reapDeadLeases(.all) }
        #expect(reaped.map(\.holder.pid) == [2])
        #expect(
            try test.status() == [
                "myapp/main web 3000 live", "myapp/main web-2 3001 idle", "myapp/main web-3 3002 live",
            ])
    }

    @Test func anUnknownHolderCountsAsGoneAfterAMinuteOfSilence() throws {
        try test.launch([.command()], pid: 1)
        test.facts.unknown = [1]
        test.facts.now += 60
        #expect(try test.write { try $0.reapDeadLeases(.all) }.isEmpty)
        test.facts.now += 1
        test.facts.busy = [3000]
        #expect(try test.write { try $0.reapDeadLeases(.all) }.isEmpty, "its port is listened on")
        test.facts.busy = []
        #expect(try test.write { try $0.reapDeadLeases(.all) }.count == 1)
    }

    /// Silence proves nothing of a server that has not begun to listen.
    @Test func aHiddenHolderKeepsItsLease() throws {
        try test.launch([.command()], pid: 1)
        test.facts.hidden = [1]
        test.facts.now += 1000
        #expect(try test.write { try $0.reapDeadLeases(.all) }.isEmpty)
        #expect(try test.status() == ["myapp/main web 3000 live"])
    }

    @Test func whatIsClaimedMeanwhileOutlivesAnEphemeralRun() throws {
        let booking = try #require(
            try test.launch([.compose("db", declared: 5432)], pid: 7, BookingTerms(isEphemeral: true)).outcome.bookings
                .first)
        let claim = Claim(context: .named("myapp/main"), service: booking.service, port: booking.port)
        try test.write { _ = try $0.book(claim, stillResolves: TestRegistry.nobody) }
        test.facts.dead = [7]
        #expect(try test.write { try $0.reapDeadLeases(.all) }.count == 1)
        #expect(try test.status() == ["myapp/main db 5432 idle"])
    }

    @Test func aClockThatWasSetEndsNoMinuteOfSilence() throws {
        try test.launch([.command()], pid: 1)
        test.facts.unknown = [1]
        test.facts.now += 86_400
        test.facts.ages = [1: 60]
        #expect(try test.write { try $0.reapDeadLeases(.all) }.isEmpty)
        test.facts.ages = [1: 61]
        #expect(try test.write { try $0.reapDeadLeases(.all) }.count == 1)
    }

    @Test func anUnknownHolderInAnotherNetworkIsLeftAlone() throws {
        try test.launch([.command()], pid: 1)
        test.facts.unknown = [1]
        test.facts.now += 1000
        test.facts.network = "container"
        #expect(try test.write { try $0.reapDeadLeases(.all) }.isEmpty)
    }

    @Test func aBookingReapsWhatIsDeadInItsContext() throws {
        for pid: Int32 in 1...40 { try test.launch([.command()], pid: pid, for: .named("a/\(pid)")) }
        try test.launch([.command()], pid: 100)
        test.facts.dead = Set(1...100)
        let (outcome, _) = try test.launch([.command()], pid: 200)
        #expect(outcome.bookings.map(\.service) == ["web"])
        let live = try test.status().filter { $0.hasSuffix("live") }
        #expect(live == ["myapp/main web 3040 live"], "a dead holder is not shown as live")
    }

    @Test func aBookingThatGoesWithADeadLeaseIsNotHandedOut() throws {
        for pid: Int32 in 1...40 { try test.launch([.command()], pid: pid, for: .named("a/\(pid)")) }
        try test.launch([.command()], pid: 100, BookingTerms(isEphemeral: true))
        test.facts.dead = [100]
        let (outcome, _) = try test.launch([.command()], pid: 200)
        #expect(outcome.bookings.map(\.service) == ["web"])
        #expect(try test.status().contains("myapp/main web \(outcome.bookings[0].port) live"))
        #expect(try test.port(.command(), for: .named("b/1")) != outcome.bookings[0].port)
    }

    @Test func aLeaseIsNotOnWhatIsBookedAfterARelease() throws {
        let ephemeral = BookingTerms(isEphemeral: true)
        let (outcome, lease) = try test.launch([.command()], pid: 7, ephemeral)
        try test.write { try $0.release(outcome.bookings[0]) }
        let next = try test.launch([.command()], pid: 8, for: .named("b/1"), ephemeral)
        #expect(try test.write { try $0.leases(on: next.outcome.bookings[0]) } == [next.lease])
        try test.write { try $0.end(lease) }
        #expect(try test.status() == ["b/1 web 3000 live"])
    }

    @Test func anUnleasedListenerShowsAsListening() throws {
        try test.port(.command())
        test.facts.busy = [3000]
        #expect(try test.status() == ["myapp/main web 3000 listening"])
    }
}
