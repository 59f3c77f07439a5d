import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// A service of the project that runs outside its container, beside commands that are only told of it.
struct ToldSlotTests {
    let test: TestRegistry
    /// The files publish it.
    private var web: ServiceRequest {
        var web = ServiceRequest.compose("web", declared: 3000)
        web.target = 80
        return web
    }
    /// A command stands in the place of its container.
    private var server: ServiceRequest {
        var server = web
        (server.isExclusive, server.kind) = (true, .web)
        return server
    }
    private let db = ServiceRequest.command("db")

    init() throws {
        test = try TestRegistry()
        try test.launch([db], told: [web], pid: 1)
    }

    private func launch(_ request: ServiceRequest, pid: Int32) throws -> BookingOutcome {
        try test.launch([request], pid: pid).outcome
    }

    @Test func theCommandOfItsNameHasIt() throws {
        let outcome = try launch(server, pid: 2)
        #expect(outcome.bookings.map(\.service) == ["web"] && outcome.bookings.map(\.port) == [3000])
        #expect(outcome.moves.isEmpty)
    }

    @Test func aSecondOneHasANumberOfItsOwnAndDeclaresNone() throws {
        _ = try launch(server, pid: 2)
        let second = try launch(server, pid: 3)
        let booking = try #require(second.bookings.first)
        #expect(booking.service == "web-2" && booking.port != 3000 && booking.declared == nil)
        #expect(second.moves.isEmpty)
    }

    /// It was booked when nobody else had the number.
    @Test func aSlotThatDeclaredItForgetsIt() throws {
        var further = ServiceRequest("web-2")
        further.declared = 3000
        try test.port(further)
        _ = try launch(server, pid: 2)
        #expect(try launch(server, pid: 3).bookings.map(\.declared) == [nil])
    }

    @Test func whatListensThereHasIt() throws {
        test.facts.busy = [3000]
        #expect(try launch(server, pid: 2).bookings.map(\.service) == ["web-2"])
    }

    @Test func whoWishesAnotherPortHasThat() throws {
        var wishing = server
        (wishing.wish, wishing.isWishSetNow) = (4000, true)
        let outcome = try launch(wishing, pid: 2)
        #expect(outcome.bookings.map(\.service) == ["web-2"] && outcome.bookings.map(\.port) == [4000])
        #expect(outcome.moves.isEmpty)
    }

    @Test func anotherServerWithItsNumberHasIt() throws {
        var app = ServiceRequest.command("app")
        app.declared = 3000
        // Nothing is given up to another checkout.
        #expect(try test.port(app, for: .named("myapp/other")) != 3000)
        let outcome = try launch(app, pid: 2)
        #expect(outcome.bookings.map(\.port) == [3000] && outcome.moves.isEmpty)
    }

    @Test func itsOwnCommandIsTheOneThatIsShown() throws {
        _ = try launch(server, pid: 2)
        let status = try test.write { try $0.status() }.first { $0.booking.service == "web" }
        #expect(status?.state == .live(pid: 2, command: "server"))
    }

    @Test func aDaemonOfTheCheckoutKeepsIt() throws {
        _ = try launch(server, pid: 2)
        (test.facts.dead, test.facts.busy, test.facts.own) = ([1, 2], [3000], [3000])
        for _ in 1...2 {
            let outcome = try test.book([server])
            let further = try #require(outcome.bookings.first)
            #expect(further.service == "web-2")
            #expect(outcome.moves == [Move(service: "web-2", from: 3000, to: further.port, reason: .busy)])
        }
        #expect(try test.status().contains("myapp/main web 3000 listening"))
        // And so does a second one.
        let second = try #require(try test.book([server]).bookings.first).port
        test.facts.busy.insert(second)
        test.facts.own.insert(second)
        #expect(try test.book([server]).bookings.map(\.service) == ["web-3"])
        (test.facts.busy, test.facts.own) = ([], [])
        #expect(try test.book([server]).bookings.map(\.port) == [3000])
    }
}
