import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// Values that follow ports in an overlay, and their way back.
struct OverlayValuesTests {
    private static let user: KeyValuePairs = [
        "A": "localhost:3000,localhost:8000/x", "B_PORT": "5432", "PORT": "3000", "C": "db:3000",
    ]

    /// The environment of a command whose ports have moved, with `value` for a variable that a file has.
    private func moved(_ user: Environment, fromFile value: String? = nil) -> (overlay: Overlay, result: Environment) {
        var overlay = Overlay(
            context: "", bookings: [], primary: nil, project: nil, environment: user)
        let rewrite = EnvironmentRewrite(
            ValueRewriteTests.rules, environment: Overlay.userEnvironment(user), files: EnvFileVariables(),
            relativeTo: "/"
        ) { $0 == "PORT" || overlay.owns($0) }
        var changes = rewrite.changes
        if let value {
            let edit = PortEdit(offset: 10, declared: 3000, booked: 13000, service: "web")
            changes.append(
                ValueChange(
                    name: "F", old: Array("localhost:3000".utf8), new: Array(value.utf8),
                    origin: .file("/.env", line: 1), edits: [edit]))
        }
        overlay.follow(changes)
        return (overlay, overlay.applied(to: user))
    }

    @Test func setsTheValuesAndSaysNoneOfThemIsItsOwn() {
        let (overlay, result) = moved(Environment(Self.user), fromFile: "localhost:13000")
        #expect(result["A"] == "localhost:13000,localhost:8010/x")
        #expect(result["B_PORT"] == "5433")
        #expect(result["C"] == "db:3000")
        #expect(result["PORT"] == "3000")
        #expect(result["F"] == "localhost:13000")
        #expect(result["PORTRUN_CHANGES"]?.contains("localhost") == false, "it repeats no value")
        #expect(overlay.removals.isEmpty)
        #expect(!overlay.owns("A"))
    }

    @Test func theUsersValuesComeBack() {
        let user = Environment(Self.user)
        #expect(Overlay.userEnvironment(moved(user, fromFile: "localhost:13000").result) == user)
    }

    @Test func rewritingAgainComesToTheSame() {
        let first = moved(Environment(Self.user), fromFile: "localhost:13000")
        #expect(moved(first.result, fromFile: "localhost:13000").result == first.result)
    }

    @Test func theNextOverlayGivesBackWhatItDoesNotRewrite() {
        let first = moved(Environment(Self.user), fromFile: "localhost:13000").result
        let second = Overlay(context: "", bookings: [], primary: nil, project: nil, environment: first)
        let result = second.applied(to: first)
        #expect(result["A"] == "localhost:3000,localhost:8000/x")
        #expect(result["B_PORT"] == "5432")
        #expect(result["F"] == nil)
        #expect(result["PORTRUN_CHANGES"] == nil)
    }

    @Test func whatSomebodyHasSetSinceIsTheirs() {
        var inside = moved(Environment(Self.user), fromFile: "localhost:13000").result
        inside.set("A", to: "localhost:13000/mine")
        inside.set("F", to: "mine")
        let user = Overlay.userEnvironment(inside)
        #expect(user["A"] == "localhost:13000/mine")
        #expect(user["F"] == "mine")
        #expect(user["B_PORT"] == "5432")
    }

    @Test func whatTheOverlaySetsItselfIsNotRewritten() {
        let user = Environment(["PORT": "3000"])
        let booking = Booking(
            id: 0, service: "web", port: 3001, transport: .tcp, target: nil, variable: nil, source: .range,
            isEphemeral: false, lastUsed: 0)
        var overlay = Overlay(
            context: "", bookings: [booking], primary: (booking, "PORT"), project: nil, environment: user)
        let edit = PortEdit(offset: 0, declared: 3000, booked: 3002, service: "web")
        overlay.follow([
            ValueChange(
                name: "PORT", old: Array("3000".utf8), new: Array("3002".utf8), origin: .environment, edits: [edit])
        ])
        #expect(overlay.applied(to: user)["PORT"] == "3001")
    }

    @Test func bytesThatAreNotTextGoToTheCommandAlone() {
        let user = Environment(entries: [Array("A=".utf8) + [0xFF] + Array(" localhost:3000".utf8)])
        let (overlay, result) = moved(user)
        #expect(result.bytes(of: "A").map { Array($0) } == [0xFF] + Array(" localhost:13000".utf8))
        #expect(!overlay.assignments.contains { $0.name == "A" })
        #expect(Overlay.userEnvironment(result) == user)
    }
}
