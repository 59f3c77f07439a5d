import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// An environment that programs can be started with.
struct OverlaySizeTests {
    private func overlay(_ size: Int) -> Overlay {
        Overlay(
            context: "x", bookings: [], primary: nil, settings: [("A", String(repeating: "a", count: size))],
            project: nil, environment: Environment())
    }

    @Test func aVariableHasALimit() {
        let longest = EnvironmentLimit.longestEntry - 2
        #expect(overlay(longest).excess(on: Environment()) == nil)
        let excess = overlay(longest + 1).excess(on: Environment())
        #expect(excess?.name == "A" && excess?.size == longest + 3)
    }

    @Test func allTogetherHaveALimit() {
        let entry = Array("B=".utf8) + [UInt8](repeating: 66, count: 100_000)
        let entries = [[UInt8]](repeating: entry, count: EnvironmentLimit.all / 100_000 - 1)
        #expect(overlay(10).excess(on: Environment(entries: entries)) == nil)
        let excess = overlay(100_000).excess(on: Environment(entries: entries + [entry]))
        #expect(excess?.name == nil && excess.map { $0.size > EnvironmentLimit.all } == true)
    }

    @Test func followingEndsWhereNothingCouldBeStarted() {
        var overlay = overlay(1)
        let changes = (0..<20_000).map { index in
            ValueChange(
                name: "N\(index)_URL", old: Array("http://localhost:1".utf8), new: Array("http://localhost:2".utf8),
                origin: .file("/.env", line: index + 1),
                edits: [PortEdit(offset: 17, declared: 1, booked: 2, service: "web")])
        }
        overlay.follow(changes)
        #expect(overlay.excess(on: Environment())?.name == "PORTRUN_CHANGES")
        #expect(overlay.assignments.count < 10_000)
    }
}
