import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// Bookings that last until a time.
struct TimedLeaseTests {
    let test: TestRegistry

    init() throws { test = try TestRegistry() }

    @Test func theNextBookingOfAnybodyReapsWhatHasExpired() throws {
        try book("preview", seconds: 60)
        advance(59)
        try test.port(.compose("a"), for: .named("other/main"))
        #expect(try test.status() == ["myapp/main preview 10000 live", "other/main a 10001 idle"])
        advance(1)
        try test.port(.compose("b"), for: .named("other/main"))
        #expect(try test.status() == ["other/main b 10000 idle", "other/main a 10001 idle"])
    }

    @Test func whoseLastBookingHasExpiredBooksAnew() throws {
        try book("preview", seconds: 60)
        advance(60)
        try test.port(.compose("a"))
        #expect(try test.port(.compose("b"), for: .named("other/main")) == 10001)
        #expect(try test.status() == ["myapp/main a 10000 idle", "other/main b 10001 idle"])
        #expect(try test.write { try $0.integrityProblems() }.isEmpty)
    }

    @Test func whoOnlyLooksDoesNotSeeWhatHasExpired() throws {
        try book("preview", seconds: 60)
        try test.port(.compose("a"), for: .named("other/main"))
        test.reapExpired()
        #expect(try test.status().count == 2)
        advance(60)
        test.reapExpired()
        #expect(try test.status() == ["other/main a 10001 idle"])
    }

    @Test func aStrangerIsSeenBesideIt() throws {
        try book("web", seconds: 60)
        #expect(try test.port(.command()) == 3000)
        (test.facts.busy, test.facts.strangers) = ([3000], [3000])
        #expect(try test.port(.command()) == 3001)
    }

    @Test func whoseLastBookingHasExpiredKeepsTheNameOfItsProject() throws {
        func project(_ path: String) throws -> String {
            let context = Context.named("shop", at: path, identity: path)
            return try test.write { transaction in
                let entered = try transaction.enter(context, stillResolves: TestRegistry.nobody)
                return try transaction.projectName(of: entered.record, entered.context, own: "shop")
            }
        }
        #expect(try project("/a/shop") == "shop")
        let outcome = try test.book(
            [.compose("preview")], for: .named("shop", at: "/a/shop", identity: "/a/shop"),
            BookingTerms(isShared: true, isEphemeral: true))
        try hold(outcome.bookings[0], seconds: 60)
        advance(60)
        #expect(try project("/b/shop") != "shop")
        try test.write { try $0.dropEmptyContexts() }
        #expect(try project("/a/shop") == "shop")
    }

    @Test func renewingPutsTheEndOff() throws {
        try book("preview", seconds: 60)
        advance(59)
        try book("preview", seconds: 60)
        advance(59)
        #expect(try test.write { try $0.reapDeadLeases(.oldest) }.isEmpty)
        #expect(try test.write { try $0.allLeases() }.map(\.timeToLive) == [TimeToLive(60)])
        advance(1)
        #expect(try test.write { try $0.reapDeadLeases(.oldest) }.count == 1)
    }

    @Test("While the system runs, setting its clock neither ends nor prolongs a lease", arguments: [-86_400, 86_400])
    func clocksDoNotMatter(_ seconds: Int64) throws {
        try book("preview", seconds: 60)
        test.facts.now += seconds
        #expect(try test.write { try $0.reapDeadLeases(.oldest) }.isEmpty)
        test.facts.uptime += 60
        #expect(try test.write { try $0.reapDeadLeases(.oldest) }.count == 1)
    }

    @Test func theWallClockCountsAfterARestart() throws {
        try book("preview", seconds: 60)
        (test.facts.bootID, test.facts.uptime) = ("later", 10_000)
        test.facts.now += 59
        #expect(try test.write { try $0.reapDeadLeases(.all) }.isEmpty)
        test.facts.now += 1
        #expect(try test.write { try $0.reapDeadLeases(.all) }.count == 1)
    }

    @Test func manyTimedLeasesDoNotHideADeadProcess() throws {
        for number in 1...20 { try book(("preview" as ServiceName).appending(number), seconds: 60) }
        try test.launch([.command()], pid: 7)
        test.facts.dead = [7]
        #expect(try test.write { try $0.reapDeadLeases(.oldest) }.map(\.holder.pid) == [7])
    }

    @Test func manyProcessesDoNotHideAnExpiredLease() throws {
        for pid in 1...20 { try test.launch([.command()], pid: Int32(pid)) }
        try book("preview", seconds: 60)
        advance(60)
        #expect(try test.write { try $0.reapDeadLeases(.oldest) }.count == 1)
    }

    @Test func aRunStandsOnWhatATimeHolds() throws {
        try book("web", seconds: 60)
        #expect(try test.port(.command()) == 3000)
        try test.launch([.command()], pid: 7)
        advance(60)
        #expect(try test.write { try $0.reapDeadLeases(.oldest) }.count == 1)
        // What a run has used stays.
        #expect(try test.status() == ["myapp/main web 3000 live"])
    }

    @Test func whatWasBookedForGoodOutlivesItsLease() throws {
        let booking = try #require(try test.book([.compose("mail")]).bookings.first)
        try hold(booking, seconds: 60)
        try book("preview", seconds: 60)
        try test.write { transaction in
            let preview = try transaction.status().first { $0.booking.service == "preview" }
            try transaction.keepForGood(try #require(preview).booking)
        }
        advance(60)
        let outcome = try test.write { try $0.collect(staleDays: nil) }
        #expect(outcome.bookings.isEmpty && outcome.deadLeases.count == 1)
        #expect(try test.status() == ["myapp/main mail 10000 idle", "myapp/main preview 10001 idle"])
    }

    @Test func collectingSaysWhyItIsGone() throws {
        try book("preview", seconds: 60)
        var terms = BookingTerms()
        terms.isEphemeral = true
        try test.launch([.command("web")], pid: 7, terms)
        advance(60)
        test.facts.dead = [7]
        let outcome = try test.write { try $0.collect(staleDays: nil) }
        #expect(outcome.bookings.map { "\($0.booking.service) \($0.reason)" } == ["preview expired", "web ended"])
        #expect(try test.status().isEmpty)
    }

    private func advance(_ seconds: Int64) {
        test.facts.now += seconds
        test.facts.uptime += seconds
    }

    private func book(_ service: ServiceName, seconds: Int64) throws {
        let outcome = try test.book([.compose(service)], BookingTerms(isShared: true, isEphemeral: true))
        try hold(try #require(outcome.bookings.first), seconds: seconds)
    }

    private func hold(_ booking: Booking, seconds: Int64) throws {
        let length = try #require(TimeToLive(seconds))
        let holder = Holder.lasting(
            length, now: test.facts.now, uptime: test.facts.uptime,
            seenBy: OwnProcess(pid: 1, uid: 0, vantage: test.facts.vantage))
        try test.write { try $0.hold(booking, until: holder) }
    }
}
