import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// Where a port below 1024 goes when somebody else has it.
struct PrivilegedPortTests {
    let test: TestRegistry

    init() throws { test = try TestRegistry() }

    @Test(arguments: [(80, 8082), (443, 8444), (53, 8053), (1, 8002), (1023, 9023)] as [(Port, Port)])
    func goesWhereItIsRecognised(_ port: Port, to stand: Port) throws {
        #expect(try test.hold(.compose("web", declared: port)) == port, "it stays while it is free")
        let ports = try (1...2).map { try test.hold(.compose("web", declared: port), for: .named("a/\($0)")) }
        #expect(ports == [stand, Port(Int(stand.number) + 1)])
    }

    @Test func saysThatURLsChange() throws {
        test.facts.busy = [80]
        let outcome = try test.book([.compose("web", declared: 80)])
        #expect(
            outcome.moves.map(\.message) == [
                "`web` moved from 80 to 8082: another program listens on 80; URLs change, they now need `:8082`"
            ])
    }

    @Test func leavesForAStranger() throws {
        try test.port(.compose("web", declared: 80))
        test.facts.busy = [80, 8082]
        test.facts.strangers = [80]
        #expect(try test.port(.compose("web", declared: 80)) == 8083)
    }

    @Test func movesAsAPairAndAsABlock() throws {
        test.facts.busyUDP = [53, 8053]
        test.facts.busy = [81]
        let outcome = try test.book([
            .compose("dns", declared: 53), .compose("dns", declared: 53, transport: .udp),
            .compose("web", declared: 80, count: 3),
        ])
        #expect(outcome.bookings.map(\.port) == [8054, 8054, 8082])
        #expect(outcome.moves.map(\.to) == [8054, 8082])
    }

    @Test func goesIntoItsRangeWhereNothingIsLeftToRecogniseItBy() throws {
        test.facts.busy = Set((8080...9999).compactMap { Port($0) } + [80])
        #expect(try test.port(.compose("web", declared: 80)) == 3101)
    }
}
