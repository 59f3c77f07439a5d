import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// Names that come from a project reach no format, whatever way they take.
struct OverlayGateTests {
    private static let hostile = [
        "LD_PRELOAD", "BASH_ENV", "PATH", "UID", "status", "PROMPT_COMMAND", "PORTRUN_CHANGES",
    ]

    /// What a project could have in its compose file, as services and in an env file.
    private static func overlay(on environment: Environment = Environment()) -> Overlay {
        var bookings = hostile.enumerated().map { index, name in
            booking(of: ServiceName("s\(index)")!, Port(20001 + index)!, variable: name)
        }
        bookings.append(booking(of: "portrun", 20100))
        bookings.append(booking(of: "web", 20101, variable: "HTTP"))
        let shared = hostile.map { name in
            MainServicePort(service: "main", port: 20200, variable: name, declared: 5432)
        }
        var overlay = Overlay(
            context: "x", bookings: bookings, primary: nil, shared: shared, project: nil, environment: environment)
        overlay.follow(
            (hostile + ["API_URL", "FOO"]).map { name in
                ValueChange(
                    name: name, old: Array("localhost:1/x".utf8), new: Array("localhost:2/x".utf8),
                    origin: .file("/.env", line: 1),
                    edits: [PortEdit(offset: 10, declared: 1, booked: 2, service: "web")])
            })
        return overlay
    }

    @Test func setsOnlyWhatPasses() {
        let overlay = Self.overlay()
        #expect(
            overlay.names == [
                "HTTP", "S0_PORT", "S1_PORT", "S2_PORT", "S3_PORT", "S4_PORT", "S5_PORT", "S6_PORT", "WEB_PORT",
                "MAIN_PORT", "PORTRUN_CONTEXT", "API_URL", "PORTRUN_CHANGES",
            ])
        #expect(overlay.refused == Self.hostile + ["PORTRUN_PORT"])
    }

    @Test func saysWhatDidNotFollow() {
        var overlay = Overlay(context: "x", bookings: [], primary: nil, project: nil, environment: Environment())
        let change = ValueChange(
            name: "LESSOPEN", old: Array("|x localhost:1".utf8), new: Array("|x localhost:2".utf8),
            origin: .environment, edits: [PortEdit(offset: 13, declared: 1, booked: 2, service: "web")])
        #expect(overlay.follow([change]) == [change])
        #expect(overlay.names == ["PORTRUN_CONTEXT"])
    }

    @Test(arguments: ExportFormat.allCases)
    func noFormatPrintsWhatIsRefused(_ format: ExportFormat) {
        let text = format.text(of: Self.overlay(), remembering: nil)
        for line in text.split(separator: "\n") where !line.contains("PORTRUN_CHANGES") {
            for name in Self.hostile + ["PORTRUN_PORT", "FOO"] {
                #expect(
                    !line.contains(name + "=") && !line.contains(name + " ") && !line.contains(name + "\""), "\(line)")
            }
        }
        #expect(text.contains("WEB_PORT"))
    }

    /// What portrun sets by itself has other doors.
    @Test func theUsersOwnComesBackUnderAnyName() {
        let user = Environment(["PORT": "9", "COMPOSE_FILE": "mine", "GUNICORN_CMD_ARGS": "-w 2"])
        let web = Self.booking(of: "web", 3000)
        let overlay = Overlay(
            context: "x", bookings: [web], primary: (web, "LD_PRELOAD"),
            settings: [("GUNICORN_CMD_ARGS", "-w 2 --bind :3000")], project: "p",
            files: ComposeFileList(["/a"], environment: user), environment: user)
        let inside = overlay.applied(to: user)
        #expect(inside["LD_PRELOAD"] == "3000", "the user has typed that name")
        #expect(inside["COMPOSE_FILE"] == "/a")
        #expect(inside["GUNICORN_CMD_ARGS"] == "-w 2 --bind :3000")
        #expect(Overlay.userEnvironment(inside) == user)
    }

    private static func booking(of service: ServiceName, _ port: Port, variable: String? = nil) -> Booking {
        Booking(
            id: 0, service: service, port: port, transport: .tcp, target: nil, variable: variable, source: .range,
            isEphemeral: false, lastUsed: 0)
    }
}
