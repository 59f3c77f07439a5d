import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

struct OverlayTests {
    @Test func setsThePrimaryThenTheFilesVariablesThenTheServicesThenThePlace() {
        let web = booking(of: "web", 3000)
        let database = booking(of: "db", 5432, variable: "PG_PORT")
        let overlay = Overlay(
            context: "0123456789ab", bookings: [web, database], primary: (web, "PORT"), project: "myapp-main",
            environment: Environment())
        #expect(
            overlay.lines == [
                "PORT=3000", "PG_PORT=5432", "WEB_PORT=3000", "DB_PORT=5432",
                "COMPOSE_PROJECT_NAME=myapp-main",
                "PORTRUN_CONTEXT=0123456789ab",
                "PORTRUN_CHANGES=PORT:3000 PG_PORT:5432 WEB_PORT:3000 DB_PORT:5432 "
                    + "COMPOSE_PROJECT_NAME:41f98da63e1db534",
            ])
        #expect(overlay.removals.isEmpty)
    }

    /// Thousands are set, follow and are given back without comparing each with all.
    @Test func manyVariablesAreSetInLinearTime() throws {
        func time(_ count: Int) throws -> Int64 {
            let bookings = try (0..<count).map {
                booking(of: try #require(ServiceName("s\($0)")), try #require(Port(3000 + $0)))
            }
            let start = ProcessorClock.nanoseconds()
            let overlay = Overlay(
                context: "", bookings: bookings + bookings, primary: (bookings[0], "S9_PORT"), project: nil,
                environment: Environment())
            let end = ProcessorClock.nanoseconds()
            #expect(overlay.assignments.count == count + 2)
            #expect(overlay.assignments.first?.value == .port(3000))
            return end - start
        }
        let first = try time(500)
        let second = try time(2000)
        #expect(second < first * 12)
    }

    @Test func setsNoNameTwice() {
        let bookings = [
            booking(of: "port", 3000), booking(of: "a-b", 3001), booking(of: "a.b", 3002),
            booking(of: "c", 3003, variable: "A_B_PORT"), booking(of: "dns", 3004),
            booking(of: "dns", 3005, transport: .udp),
        ]
        let overlay = Overlay(
            context: "", bookings: bookings, primary: (bookings[0], "PORT_PORT"), project: nil,
            environment: Environment())
        #expect(
            overlay.lines == [
                "PORT_PORT=3000", "A_B_PORT=3003", "C_PORT=3003", "DNS_PORT=3004", "PORTRUN_CONTEXT=",
                "PORTRUN_CHANGES=PORT_PORT:3000 A_B_PORT:3003 C_PORT:3003 DNS_PORT:3004",
            ])
    }

    @Test func removesWhatAnEarlierOverlaySetAndThisOneDoesNot() {
        let web = booking(of: "web", 3001)
        let environment = Environment([
            "PORT": "3000", "OLD_PORT": "5432", "MINE_PORT": "1", "PORTRUN_CONTEXT": "other",
            "PORTRUN_CHANGES": "PORT:3000 OLD_PORT:5432 GONE_PORT:1",
        ])
        let overlay = Overlay(
            context: "this", bookings: [web], primary: (web, "PORT"), project: nil, environment: environment)
        #expect(overlay.removals == ["OLD_PORT"])
        #expect(
            overlay.applied(to: environment)
                == Environment([
                    "PORT": "3001", "MINE_PORT": "1", "PORTRUN_CONTEXT": "this",
                    "PORTRUN_CHANGES": "PORT:3001 WEB_PORT:3001",
                    "WEB_PORT": "3001",
                ]))
    }

    @Test func clearingLeavesTheUsersOwn() {
        let environment = Environment([
            "PATH": "/bin", "PORT": "3000", "PORTRUN_CHANGES": "PORT:3000", "PORTRUN_CONTEXT": "x",
            "PORTRUN_REGISTRY": "/r",
        ])
        #expect(
            Overlay.userEnvironment(environment) == Environment(["PATH": "/bin", "PORTRUN_REGISTRY": "/r"]))
        #expect(Overlay(clearing: Environment(["PATH": "/bin"])).removals.isEmpty)
    }

    static let values: [[UInt8]] = [
        Array("9".utf8), [], Array("two words, 100%20 'quoted' \"twice\"\nand a line\\".utf8),
        [0xFF, 0x25, 0x20, 0x0A, 0xC3],
        Array("ä €".utf8),
    ]

    @Test(arguments: values)
    func givesTheUsersOwnBackByteForByte(_ value: [UInt8]) {
        let web = booking(of: "web", 3000)
        let user = Environment(entries: [Array("A=1".utf8), Array("PORT=".utf8) + value])
        let inside = overlay(web, "PORT", user).applied(to: user)
        #expect(inside["PORT"] == "3000")
        #expect(Overlay.userEnvironment(inside) == user)
        // Another one inside sets the same name, or another.
        let same = overlay(web, "PORT", inside).applied(to: inside)
        #expect(same == inside)
        let other = overlay(web, "API_PORT", inside).applied(to: inside)
        #expect(other.bytes(of: "PORT").map { Array($0) } == value)
        #expect(other["PORTRUN_CHANGES"] == "API_PORT:3000 WEB_PORT:3000")
        #expect(Overlay.userEnvironment(other) == user)
    }

    private func overlay(_ booking: Booking, _ variable: String, _ environment: Environment) -> Overlay {
        Overlay(
            context: "x", bookings: [booking], primary: (booking, variable), project: nil, environment: environment)
    }

    /// As in a shell whose hook has set `PORT`, where somebody types `PORT=4000 portrun -- …`.
    @Test func whatTheUserHasSetSinceComesBack() {
        let web = booking(of: "web", 3000)
        var shell = overlay(web, "PORT", Environment(["PORT": "9"])).applied(to: Environment(["PORT": "9"]))
        shell.set("PORT", to: "4000")
        #expect(Overlay.userEnvironment(shell)["PORT"] == "4000")
        let inside = overlay(web, "PORT", shell).applied(to: shell)
        #expect(inside["PORT"] == "3000")
        #expect(Overlay.userEnvironment(inside) == Environment(["PORT": "4000"]))
    }

    @Test func keepsEveryOtherByteAndTheOrder() {
        let entries =
            ["Z=1", "no equals sign", "=odd", "EMPTY=", "PORT=user", "TAB=a\tb\nc", "PORT=again"]
            .map { Array($0.utf8) } + [[0x42, 0x3D, 0xFF, 0xFE], [0xFF, 0x3D, 0x41], Array("Z=2".utf8)]
        let web = booking(of: "web", 3000)
        let overlay = Overlay(
            context: "x", bookings: [web], primary: (web, "PORT"), project: nil, environment: Environment())
        var expected = entries
        expected[4] = Array("PORT=3000".utf8)
        expected.remove(at: 6)
        expected += ["WEB_PORT=3000", "PORTRUN_CONTEXT=x", "PORTRUN_CHANGES=PORT:3000 WEB_PORT:3000"].map {
            Array($0.utf8)
        }
        #expect(overlay.applied(to: Environment(entries: entries)).entries == expected)
    }

    @Test func applyingTwiceIsApplyingOnce() {
        let web = booking(of: "web", 3000)
        let user = Environment(["A": "1", "PORT": "9"])
        let once = Overlay(
            context: "x", bookings: [web], primary: (web, "PORT"), project: "p", environment: user
        ).applied(to: user)
        let twice = Overlay(
            context: "x", bookings: [web], primary: (web, "PORT"), project: "p", environment: once
        ).applied(to: once)
        #expect(twice == once)
    }

    @Test(arguments: [
        ("PORT", true), ("_", true), ("a1", true), ("", false), ("1A", false), ("A-B", false), ("A=B", false),
        ("Ä", false), ("A B", false), ("A\n", false), ("$A", false),
    ])
    func knowsIdentifiers(_ name: String, isValid: Bool) {
        #expect(Environment.isIdentifier(name) == isValid)
    }

    private func booking(
        of service: ServiceName, _ port: Port, variable: String? = nil, transport: TransportProtocol = .tcp
    ) -> Booking {
        Booking(
            id: 0, service: service, port: port, transport: transport, target: nil, variable: variable,
            source: .range, isEphemeral: false, lastUsed: 0)
    }
}

extension Overlay {
    fileprivate var lines: [String] { assignments.map { "\($0.name)=\($0.value.text)" } }
}
