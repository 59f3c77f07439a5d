import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// Who shares a port and who gets one of their own.
struct SlotTests {
    let test: TestRegistry

    init() throws { test = try TestRegistry() }

    @Test func aSecondLiveCommandTakesTheNextSlot() throws {
        let services = try (1...3).map { try test.launch([.command()], pid: $0).outcome.bookings[0] }
        #expect(services.map(\.service) == ["web", "web-2", "web-3"])
        #expect(services.map(\.port) == [3000, 3001, 3002])
    }

    @Test func slotsAreSticky() throws {
        for pid in 1...3 { try test.launch([.command()], pid: Int32(pid)) }
        test.facts.dead = [1, 2]
        #expect(try test.launch([.command()], pid: 4).outcome.bookings.map(\.port) == [3000])
        #expect(try test.launch([.command()], pid: 5).outcome.bookings.map(\.port) == [3001])
        #expect(try test.launch([.command()], pid: 6).outcome.bookings.map(\.service) == ["web-4"])
    }

    @Test func sharingGivesTheRunningOnesPort() throws {
        try test.launch([.command()], pid: 1)
        let shared = try test.launch([.command()], pid: 2, BookingTerms(isShared: true))
        #expect(shared.outcome.bookings.map(\.service) == ["web"])
        #expect(shared.outcome.bookings.map(\.port) == [3000])
    }

    @Test func sharingKeepsAPortThatTheRunningOneListensOn() throws {
        try test.launch([.command()], pid: 1)
        test.facts.busy = [3000]
        test.facts.strangers = [3000]
        #expect(try test.port(.command(), BookingTerms(isShared: true)) == 3000)
    }

    @Test func aCommandAndAContainerOfOneNameAreTwoServices() throws {
        var container = ServiceRequest.compose("web", declared: 8080)
        container.target = 80
        for _ in 1...2 {
            try test.launch([.command()], pid: 1)
            let inside = try test.launch([container], pid: 2).outcome.bookings
            #expect(inside.map(\.service) == ["web-80"] && inside.map(\.port) == [8080])
        }
        container.service = "api"
        try test.launch([container], pid: 3)
        #expect(try test.launch([.command("api")], pid: 4).outcome.bookings.map(\.service) == ["api-2"])
    }

    @Test func publishedPortsAreShared() throws {
        let request = ServiceRequest.compose("db", declared: 5432)
        let ports = try (1...3).map { try test.launch([request], pid: $0).outcome.bookings[0].port }
        #expect(ports == [5432, 5432, 5432])
    }

    @Test func whatRunsInsideHasThePortOfWhatItRunsIn() throws {
        try test.launch([.command()], pid: 10)
        test.facts.lineage = [12, 11, 10, 1]
        #expect(try test.launch([.command()], pid: 12).outcome.bookings.map(\.service) == ["web"])
    }

    /// Every pid namespace has a process 1, which everybody there descends from.
    @Test func anAncestorsNumberInAnotherNamespaceIsAnotherProcess() throws {
        try test.launch([.command()], pid: 1)
        (test.facts.lineage, test.facts.isNumberedAlike) = ([1], false)
        #expect(try test.launch([.command()], pid: 12).outcome.bookings.map(\.service) == ["web-2"])
    }

    @Test func aSlotIsNotThatOfAnotherServiceOfTheSameLaunch() throws {
        try test.launch([.command()], pid: 1)
        for pid: Int32 in [2, 3] {
            let outcome = try test.launch([.command(), ServiceRequest("web-2")], pid: pid).outcome
            #expect(outcome.bookings.map(\.service) == [pid == 2 ? "web-3" : "web-4", "web-2"])
            #expect(Set(outcome.bookings.map(\.port)).count == 2)
        }
    }

    @Test func whatARunningCommandHoldsDoesNotShrink() throws {
        try test.launch([.compose("sip", declared: 7000, count: 5)], pid: 7)
        #expect(try test.book([.compose("sip", declared: 7000, count: 3)]).ports == [PortRange(7000, 7004)])
        test.facts.dead = [7]
        #expect(try test.book([.compose("sip", declared: 7000, count: 3)]).ports == [PortRange(7000, 7002)])
    }

    @Test func whatARunningCommandHoldsDoesNotMoveBack() throws {
        try test.hold(.compose("other", declared: 5432))
        let moved = try test.launch([.compose("db", declared: 5432)], pid: 7).outcome.bookings[0]
        try test.write { try $0.release(#require(try $0.status().first { $0.booking.service == "other" }).booking) }
        let held = BookingError.held(service: "db", ports: moved.ports, pid: 7, command: "server")
        #expect(throws: held) { try test.port(.compose("db", declared: 5432, fixed: .keep)) }
        test.facts.dead = [7]
        #expect(try test.port(.compose("db", declared: 5432, fixed: .keep)) == 5432)
    }

    @Test func aDemandForARunningPortFails() throws {
        try test.launch([.command()], pid: 1)
        #expect(throws: BookingError.booked(ports: PortRange(3000), owner: "myapp/main web, which is running")) {
            try test.launch([.command(demand: 3000)], pid: 2)
        }
        let outcome = try test.launch([.command(demand: 4000)], pid: 2).outcome
        #expect(outcome.bookings.map(\.port) == [4000])
        #expect(outcome.bookings.map(\.service) == ["web-2"])
    }

    @Test func whatARunningCommandHoldsDoesNotMove() throws {
        var small = ServiceRequest("sip")
        (small.count, small.isCountDemanded) = (2, true)
        var ranged = ServiceRequest("sip")
        ranged.range = PortRange(9000, 9009)
        try test.launch([.compose("sip", declared: 7000, count: 3)], pid: 7)
        let held = BookingError.held(service: "sip", ports: PortRange(7000, 7002)!, pid: 7, command: "server")
        for request in [ServiceRequest.compose("sip", demand: 9000, count: 3), ranged, small] {
            #expect(throws: held) { try test.port(request, BookingTerms(isShared: true)) }
        }
        test.facts.lineage = [7]
        #expect(throws: held, "not for its own child either") {
            try test.port(.compose("sip", demand: 9000, count: 3))
        }
        test.facts.dead = [7]
        #expect(try test.book([small]).ports == [PortRange(7000, 7001)])
    }

    @Test func whatARunningCommandHoldsDoesNotMoveToGrow() throws {
        try test.launch([.compose("web", declared: 8000)], pid: 7)
        try test.hold(.compose("other", declared: 8001))
        for isShared in [false, true] {
            #expect(throws: BookingError.held(service: "web", ports: PortRange(8000), pid: 7, command: "server")) {
                try test.port(.compose("web", declared: 8000, count: 2), BookingTerms(isShared: isShared))
            }
        }
        test.facts.dead = [7]
        #expect(try test.port(.compose("web", declared: 8000, count: 2)) == 3101)
    }

    @Test func whatARunningCommandHoldsDoesNotMoveForItsPartner() throws {
        let both = [
            ServiceRequest.compose("dns", declared: 5353),
            .compose("dns", declared: 5353, transport: .udp),
        ]
        try test.launch([both[0]], pid: 7)
        try test.hold(.compose("other", declared: 5353, transport: .udp))
        #expect(try test.book(both).bookings.map(\.port) == [5353, 10000])
    }

    @Test func aCommandInsideThatDemandsAPortHasASlotOfItsOwn() throws {
        try test.launch([.command()], pid: 7)
        test.facts.lineage = [7]
        for _ in 1...2 {
            let inside = try test.port(.command(demand: 4000))
            #expect(inside == 4000)
        }
        #expect(try test.status() == ["myapp/main web 3000 live", "myapp/main web-2 4000 idle"])
    }

    @Test func aSlotDoesNotInheritTheWish() throws {
        #expect(try test.launch([.command(wish: 4000)], pid: 1).outcome.bookings.map(\.port) == [4000])
        let outcome = try test.launch([.command(wish: 4000)], pid: 2).outcome
        #expect(outcome.bookings.map(\.port) == [3000])
        #expect(
            outcome.moves.map(\.message)
                == ["`web-2` moved from 4000 to 3000: 4000 is booked by this checkout's `web`"])
    }

    @Test func aFurtherServerHasAWishOfItsOwn() throws {
        try test.launch([.command(wish: 4000)], pid: 1)
        let further = try test.launch([.command(wish: 4001)], pid: 2).outcome
        #expect(further.bookings.map(\.port) == [4001] && further.moves.isEmpty)
        test.facts.dead = [2]
        #expect(try test.port(.command(wish: 4002)) == 4002)
    }

    /// Two servers of one folder are two services, whatever each is called.
    @Test func aFurtherServerHasTheNumberThatItAloneDeclares() throws {
        var (first, second) = (ServiceRequest.command(), ServiceRequest.command())
        (first.declared, second.declared) = (3005, 5173)
        #expect(try test.launch([first], pid: 1).outcome.bookings.map(\.port) == [3005])
        let other = try test.launch([second], pid: 2).outcome
        #expect(other.bookings.map(\.port) == [5173] && other.moves.isEmpty)
        #expect(try test.launch([second], pid: 3).outcome.bookings.map(\.port) == [3000], "it runs twice")
    }

    @Test func aServerBesideAContainerOfItsNameHasItsOwnNumber() throws {
        var container = ServiceRequest.compose("backend", declared: 8000)
        container.target = 80
        try test.book([container])
        var server = ServiceRequest.command("backend")
        for declared: Port in [5000, 8000] {
            server.declared = declared
            let outcome = try test.book([server])
            #expect(outcome.bookings.map(\.port) == [declared] && outcome.moves.isEmpty)
        }
    }

    @Test func anotherCheckoutIsNotASlot() throws {
        try test.launch([.command()], pid: 1)
        let outcome = try test.launch([.command()], pid: 2, for: .named("myapp/other")).outcome
        #expect(outcome.bookings.map(\.service) == ["web"])
        #expect(outcome.bookings.map(\.port) == [3001])
    }

    @Test func longNamesHaveSlotsToo() throws {
        let name = try #require(ServiceName(String(repeating: "é", count: 127)))
        for pid in 1...3 { try test.launch([.command(name)], pid: Int32(pid)) }
        #expect(try test.status().count == 3)
    }
}
