import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// Which port a service gets, in the order of preference.
struct BookingOrderTests {
    let test: TestRegistry

    init() throws { test = try TestRegistry() }

    @Test func aDemandComesFirst() throws {
        try test.port(.compose("db", declared: 5432, wish: 5433))
        let outcome = try test.book([.compose("db", declared: 5432, wish: 5433, demand: 5434)])
        #expect(outcome.bookings.map(\.port) == [5434])
        #expect(outcome.bookings.map(\.source) == [.demand])
        #expect(outcome.moves.isEmpty)
        #expect(try test.port(.compose("db", declared: 5432, wish: 5433)) == 5434, "it stays")
    }

    @Test func anIdleBookingGoesWhereItIsWishedOrDeclaredNow() throws {
        #expect(try test.port(.compose("db", declared: 5440)) == 5440)
        #expect(try test.port(.compose("db", declared: 5432, wish: 5433)) == 5433)
        #expect(try test.port(.compose("db", declared: 5432)) == 5432)
    }

    @Test func whatRunsStaysWhereItIs() throws {
        try test.launch([.compose("db", declared: 5440)], pid: 7)
        #expect(try test.port(.compose("db", declared: 5432, wish: 5433)) == 5440)
    }

    @Test func whatWasBookedByHandStaysAndAWishIsToldSo() throws {
        try test.port(.compose("db", declared: 5432, demand: 5440))
        #expect(try test.book([.compose("db", declared: 5432)]).moves.isEmpty)
        let outcome = try test.book([.compose("db", declared: 5432, wish: 5433)])
        #expect(outcome.bookings.map(\.port) == [5440])
        #expect(
            outcome.moves.map(\.message) == [
                "`db` stays on 5440, which was booked by hand, and not 5433; `portrun release db` gives it up"
            ])
    }

    /// `PORT=4321 portrun -- …` behind `portrun run --port 4000 -- …`; a shell's own `PORT` does not undo what was booked.
    @Test func aWishOfTheCommandItselfWinsOverAnEarlierDemand() throws {
        try test.port(.command(demand: 4000))
        var request = ServiceRequest.command(wish: 4321)
        request.isWishSetNow = true
        #expect(try test.port(request, BookingTerms(isShared: true)) == 4000)
        try test.launch([.command(demand: 4000)], pid: 7)
        test.facts.busy = [4000]
        test.facts.lineage = [7]
        #expect(try test.port(request) == 4000, "it runs")
        (test.facts.busy, test.facts.dead) = ([], [7])
        let outcome = try test.book([request])
        #expect(outcome.bookings.map(\.port) == [4321] && outcome.moves.isEmpty)
        // What was booked by hand is there when nobody wishes anything else.
        #expect(try test.port(.command()) == 4000)
        #expect(try test.port(request) == 4321)
        #expect(try test.port(.command()) == 4000)
        // It is had, too, where the other one cannot be.
        request.wish = 4322
        test.facts.busy = [4322]
        let refused = try test.book([request])
        #expect(refused.bookings.map(\.port) == [4000])
        #expect(
            refused.moves.map(\.message)
                == ["`web` moved from 4322 to 4000: another program listens on 4322"])
    }

    @Test func aWishThatSomebodyIsInTheWayOfIsToldSo() throws {
        try test.launch([.compose("db", declared: 5432)], pid: 7)
        let outcome = try test.book([.compose("db", declared: 5432, wish: 5433)])
        #expect(outcome.bookings.map(\.port) == [5432])
        #expect(outcome.moves.map(\.message) == ["`db` stays on 5432 and not 5433: pid 7 (server) uses 5432"])
        test.facts.dead = [7]
        test.facts.busy = [5432]
        let other = try test.book([.compose("db", declared: 5432, wish: 5433)])
        #expect(other.moves.map(\.message) == ["`db` stays on 5432 and not 5433: something uses 5432"])
    }

    @Test func aRefusedWishIsToldOfOnce() throws {
        try test.hold(.compose("x", declared: 5433))
        #expect(try test.book([.compose("db", declared: 5432, wish: 5433)]).moves.count == 1)
        #expect(try test.book([.compose("db", declared: 5432, wish: 5433)]).moves.isEmpty)
        try test.hold(.compose("y", declared: 5434))
        let other = try test.book([.compose("db", declared: 5432, wish: 5434)])
        #expect(other.moves.map(\.message) == ["`db` moved from 5434 to 5432: 5434 is booked by other/main y"])
    }

    /// A value that the compose file reads, or its own default.
    @Test func soIsAChangedNumberOfTheFilesWhileItIsUsed() throws {
        try test.launch([.compose("db", declared: 5432)], pid: 7)
        for _ in 1...2 {
            let outcome = try test.book([.compose("db", declared: 5433)])
            #expect(outcome.moves.map(\.message) == ["`db` stays on 5432 and not 5433: pid 7 (server) uses 5432"])
        }
        test.facts.dead = [7]
        #expect(try test.port(.compose("db", declared: 5433)) == 5433)
        // What had to move before is no news.
        try test.hold(.compose("db", declared: 5434))
        test.facts.dead = []
        try test.launch([.compose("pg", declared: 5434)], pid: 8)
        #expect(try test.book([.compose("pg", declared: 5434)]).moves.isEmpty)
    }

    /// `adopt` knows the ports of two commands, each of which is `web` when it runs.
    @Test func twoPortsOfOneNameChangeItAndStayWhereTheyAre() throws {
        var (first, second) = (ServiceRequest.command(), ServiceRequest.command("web-4173"))
        (first.declared, second.declared) = (5174, 4173)
        try test.book([first, second])
        var other = ServiceRequest.command()
        other.declared = 4173
        let outcome = try test.book([other])
        #expect(outcome.bookings.map(\.port) == [4173] && outcome.moves.isEmpty)
        #expect(try test.status() == ["myapp/main web 4173 idle", "myapp/main web-5174 5174 idle"])
        #expect(try test.port(first) == 5174)
        #expect(try test.status() == ["myapp/main web-4173 4173 idle", "myapp/main web 5174 idle"])
        // What runs keeps its name, and what was booked by hand its port.
        try test.launch([first], pid: 7)
        test.facts.lineage = [7]
        #expect(try test.port(other) == 5174)
    }

    @Test func anIdleBookingOfAnotherCheckoutGivesWayAndComesBack() throws {
        try test.port(.compose("db", declared: 5432), for: .named("other/main"))
        let outcome = try test.book([.compose("db", declared: 5432)])
        #expect(outcome.bookings.map(\.port) == [5432] && outcome.moves.isEmpty)
        #expect(outcome.yields == ["other/main `db`, which nothing uses, gives 5432 up"])
        #expect(try test.status() == ["myapp/main db 5432 idle", "other/main db 5433 idle"])
        try test.launch([.compose("db", declared: 5432)], pid: 7)
        let moved = try test.book([.compose("db", declared: 5432)], for: .named("other/main"))
        #expect(
            moved.moves == [
                Move(service: "db", from: 5432, to: 5433, reason: .booked(owner: "myapp/main db"))
            ])
        #expect(try test.book([.compose("db", declared: 5432)], for: .named("other/main")).moves.isEmpty, "said once")
        test.facts.dead = [7]
        #expect(try test.port(.compose("db", declared: 5432), for: .named("other/main")) == 5432)
    }

    @Test func aShellTakesNoDeclaredPortFromAnother() throws {
        try test.port(.compose("db", declared: 5432), for: .named("other/main"))
        let shell = BookingTerms(isShared: true)
        #expect(try test.port(.compose("db", declared: 5432), shell) == 10000)
        try test.port(.compose("x"), for: .named("third/main"))
        #expect(try test.port(.compose("y", declared: 10001), for: .named("fourth/main"), shell) == 10001)
    }

    @Test func whatListensDoesNotGiveWay() throws {
        try test.port(.compose("db", declared: 5432), for: .named("other/main"))
        test.facts.busy = [5432]
        #expect(try test.port(.compose("db", declared: 5432)) == 10000)
    }

    @Test func whatWasBookedByHandDoesNotGiveWay() throws {
        try test.port(.compose("db", demand: 5432), for: .named("other/main"))
        #expect(try test.port(.compose("db", declared: 5432)) == 10000)
    }

    /// An idle pair of other ports, and a range that is as good as full.
    @Test func givesWayAsAWholeAndIsGivenUpWhereThereIsNoOtherPlace() throws {
        let other = Context.named("other/main")
        let pair = [ServiceRequest.compose("dns", declared: 5300), .compose("dns", declared: 5300, transport: .udp)]
        try test.book(pair, for: other)
        #expect(try test.port(.compose("x", declared: 5300)) == 5300)
        #expect(
            try test.status() == ["myapp/main x 5300 idle", "other/main dns 10000 idle", "other/main dns 10000 idle"])
        try setRange(.other, 10000, 10000)
        #expect(try test.port(.compose("postgres", declared: 10000)) == 10000)
        #expect(Set(try test.status()) == ["myapp/main postgres 10000 idle", "myapp/main x 5300 idle"])
    }

    @Test func aBlockMovesOutOfTheWayWhole() throws {
        try test.port(.compose("sip", declared: 7000, count: 4), for: .named("other/main"))
        #expect(try test.port(.compose("x", declared: 7002)) == 7002)
        let ports = try test.write { try $0.status() }.map(\.booking.ports)
        #expect(ports.count == 2 && !ports[0].overlaps(ports[1]))
    }

    @Test func aGuestTakesNothingThatItsProjectDeclares() throws {
        let outcome = try test.book([.compose("db", declared: 5432)], for: .named("myapp/topic", isGuest: true))
        #expect(outcome.bookings.map(\.port) == [10000])
        #expect(outcome.moves == [Move(service: "db", from: 5432, to: 10000, reason: .main)])
    }

    @Test func aGuestWhoseNumberWentToItsOwnerIsToldOnce() throws {
        let topic = Context.named("myapp/topic", isGuest: true)
        #expect(try test.port(.compose("db", declared: 5432), for: topic) == 10000)
        let owner = try test.book([.compose("x", declared: 10000)])
        #expect(owner.yields == ["myapp/topic `db`, which nothing uses, gives 10000 up"])
        let told = try test.book([.compose("db", declared: 5432)], for: topic)
        let port = try #require(told.bookings.first?.port)
        #expect(port != 10000 && told.moves == [Move(service: "db", from: 5432, to: port, reason: .main)])
        #expect(try test.book([.compose("db", declared: 5432)], for: topic).moves.isEmpty)
    }

    @Test func aWishComesBeforeWhatIsDeclared() throws {
        let outcome = try test.book([.compose("db", declared: 5432, wish: 5433)])
        #expect(outcome.bookings.map(\.port) == [5433])
        #expect(outcome.bookings.map(\.source) == [.environment])
    }

    @Test func whatIsDeclaredComesBeforeTheRange() throws {
        let outcome = try test.book([.compose("postgres", declared: 6000), .compose("redis", declared: 80)])
        #expect(
            outcome.bookings.map(\.port) == [6000, 80], "even what browsers block and what is privileged")
        #expect(outcome.bookings.map(\.source) == [.declared, .declared])
    }

    @Test func theRangeComesNext() throws {
        let outcome = try test.book([.compose("postgres"), .compose("cache"), .command()])
        #expect(outcome.bookings.map(\.port) == [5432, 10000, 3000])
        #expect(outcome.bookings.map(\.source) == [.range, .range, .range])
    }

    @Test func aTakenWishFallsBackToWhatIsDeclared() throws {
        test.facts.busy = [5433]
        let outcome = try test.book([.compose("db", declared: 5432, wish: 5433)])
        #expect(outcome.bookings.map(\.port) == [5432])
        #expect(outcome.moves == [Move(service: "db", from: 5433, to: 5432, reason: .busy)])
    }

    @Test func whatIsTakenMovesIntoTheRange() throws {
        test.facts.busy = [5433]
        try test.hold(.compose("postgres", declared: 5432))
        let outcome = try test.book([.compose("postgres", declared: 5432)])
        #expect(outcome.bookings.map(\.port) == [5434])
        #expect(
            outcome.moves
                == [
                    Move(
                        service: "postgres", from: 5432, to: 5434,
                        reason: .booked(owner: "other/main postgres"))
                ])
    }

    @Test func skipsWhatNobodyMayHave() throws {
        try setRange(.web, 1020, 1025)
        #expect(try test.port(.command()) == 1024)
        try setRange(.redis, 5999, 6001)
        test.facts.ephemeral = PortRange(5000, 5999)
        #expect(try test.port(.compose("redis")) == 6001)
    }

    @Test func aFullRangeFallsBackToTheDefaultRange() throws {
        try setRange(.web, 3000, 3002)
        test.facts.busy = [3001]
        let contexts = (1...3).map { Context.named("app/\($0)") }
        let outcomes = try contexts.map { try test.book([.command()], for: $0) }
        #expect(outcomes.flatMap(\.bookings).map(\.port) == [3000, 3002, 10000])
        #expect(outcomes.flatMap(\.bookings).map(\.source) == [.range, .range, .fallback])
    }

    @Test func aPortOfAGoneContextIsReclaimedTheLongestUnusedFirst() throws {
        try setRange(.web, 3000, 3002)
        try setRange(.other, 3000, 3002)
        for (number, label) in ["a/1", "a/2", "a/3"].enumerated() {
            test.facts.now += Int64(number == 1 ? -100 : 100)
            try test.port(.command(), for: .named(label))
        }
        test.facts.gone = ["a/1": .path, "a/2": .branch]
        let outcome = try test.book([.command()])
        #expect(outcome.bookings.map(\.source) == [.reclaimed])
        #expect(outcome.bookings.map(\.port) == [3001], "that of a/2, booked before a/1")
        #expect(try test.port(.command(), for: .named("b/1")) == 3000)
    }

    @Test func nothingIsReclaimedFromALiveCommandOrAListener() throws {
        try setRange(.web, 3000, 3001)
        try setRange(.other, 3000, 3001)
        try test.launch([.command()], pid: 7, for: .named("a/1"))
        try test.port(.command(), for: .named("a/2"))
        test.facts.gone = ["a/1": .path, "a/2": .path]
        test.facts.busy = [3001]
        #expect(throws: BookingError.self) { try test.port(.command()) }
        test.facts.dead = [7]
        #expect(try test.port(.command()) == 3000)
    }

    @Test func anErrorCountsWhatStandsInTheWay() throws {
        try setRange(.web, 5998, 6001)
        try setRange(.other, 5998, 6001)
        try test.port(.command(), for: .named("a/1"))
        test.facts.busy = [5999, 6001]
        #expect(
            throws: BookingError.exhausted(
                service: "web", range: PortRange(5998, 6001)!, booked: 1, busy: 2, blocked: 1)
        ) { try test.port(.command()) }
    }

    @Test func anErrorCountsItsOwnRangeOnly() throws {
        try setRange(.web, 3000, 3001)
        try setRange(.other, 5999, 6001)
        try test.port(.command(), for: .named("a/1"))
        test.facts.busy = [3001, 5999, 6001]
        #expect(
            throws: BookingError.exhausted(
                service: "web", range: PortRange(3000, 3001)!, booked: 1, busy: 1, blocked: 0)
        ) { try test.port(.command()) }
    }

    @Test func aDemandThatSomebodyHasFails() throws {
        try test.hold(.compose("db", declared: 5432))
        test.facts.busy = [5433]
        #expect(throws: BookingError.booked(ports: PortRange(5432), owner: "other/main db")) {
            try test.port(.compose("db", demand: 5432))
        }
        #expect(throws: BookingError.busy(ports: PortRange(5433))) { try test.port(.compose("db", demand: 5433)) }
        #expect(try test.port(.compose("db", demand: 81)) == 81, "a demand may be privileged")
    }

    @Test func allOrNothing() throws {
        try test.hold(.compose("db", declared: 5432))
        let before = try test.status()
        let requests: [ServiceRequest] = [.command(), .compose("redis"), .compose("db", demand: 5432)]
        #expect(throws: BookingError.self) { try test.book(requests) }
        #expect(try test.status() == before)
        #expect(try test.write { try $0.find(identity: "myapp/main") } == nil)
    }

    @Test func tcpAndUDPHaveNumbersOfTheirOwn() throws {
        let outcome = try test.launch(
            [.compose("dns", declared: 5300), .compose("dns", declared: 5300, transport: .udp)], pid: 7
        ).outcome
        #expect(outcome.bookings.map(\.port) == [5300, 5300])
        #expect(try test.port(.compose("dns", declared: 5300, transport: .udp), for: .named("b/1")) != 5300)
    }

    @Test func networksDoNotConflict() throws {
        let requests: [ServiceRequest] = [.command(), .compose("db", declared: 5432)]
        #expect(try test.book(requests).bookings.map(\.port) == [3000, 5432])
        test.facts.network = "container"
        let other = try test.launch(requests, pid: 7, for: .named("other/main")).outcome
        #expect(other.bookings.map(\.port) == [3000, 5432])
        #expect(try test.book(requests).bookings.map(\.port) == [3001, 10000], "one context in two networks")
        test.facts.network = "host"
        #expect(try test.book(requests).bookings.map(\.port) == [3000, 5432])
    }

    @Test func manyContextsGetManyPorts() throws {
        let ports = try (0..<60).map {
            try test.hold(.compose("postgres", declared: 5432), for: .named("a/\($0)"))
        }
        #expect(Set(ports).count == 60)
        #expect(ports == (0..<60).map { Port(5432 + $0) })
    }

    @Test func aPortGivenBackIsTheFirstToGoAgain() throws {
        for number in 0..<5 { try test.port(.command(), for: .named("a/\(number)")) }
        try test.write { transaction in
            let record = try #require(try transaction.find(identity: "a/2"))
            for booking in try transaction.bookings(of: record) { try transaction.release(booking) }
        }
        #expect(try test.port(.command()) == 3002)
        #expect(try test.port(.command(), for: .named("b/1")) == 3005)
    }

    private func setRange(_ kind: ServiceKind, _ first: Port, _ last: Port) throws {
        try test.write { try $0.setRange(of: kind, to: PortRange(first, last)) }
    }
}
