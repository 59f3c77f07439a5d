import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// What runs in a folder while another branch is checked out there.
struct OtherBranchesTests {
    let test: TestRegistry

    init() throws { test = try TestRegistry() }

    private func checkout(_ branch: String, at path: String = "/shop") -> Context {
        .named("shop/\(branch)", at: path, identity: "url:\(branch)", repository: "/shop/.git")
    }

    /// Enters with the branch that is checked out now.
    private func enter(_ branch: String, now: String? = nil, at path: String = "/shop") throws {
        try test.write { transaction in
            _ = try transaction.enter(checkout(branch, at: path)) { $1 == "url:\(now ?? branch)" }
        }
    }

    @Test func aServerIsTheBranchesOfToday() throws {
        let port = try test.launch([.command()], pid: 7, for: checkout("main")).outcome.bookings[0].port
        try enter("topic")
        #expect(try test.status() == ["shop/topic web \(port) live"])
        #expect(try test.port(.command("api"), for: checkout("topic")) != port)
        try enter("main")
        #expect(try test.status().contains("shop/main web \(port) live"))
    }

    @Test func anIdleBookingIsExchanged() throws {
        let own = try test.port(.command(), for: checkout("topic"))
        let port = try test.launch([.command()], pid: 7, for: checkout("main")).outcome.bookings[0].port
        try enter("topic")
        #expect(try test.status() == ["shop/main web \(own) idle", "shop/topic web \(port) live"])
        try enter("main")
        #expect(try test.status() == ["shop/main web \(port) live", "shop/topic web \(own) idle"])
    }

    @Test func whatIsIdleStaysWithItsBranch() throws {
        let port = try test.port(.command(), for: checkout("main"))
        try enter("topic")
        #expect(try test.status() == ["shop/main web \(port) idle"])
    }

    /// Its project and volumes are another branch's, too.
    @Test func aContainersPortStaysWithItsBranch() throws {
        var request = ServiceRequest.compose("db", declared: 5432)
        request.target = 5432
        try test.launch([request], pid: 7, for: checkout("main"))
        try enter("topic")
        #expect(try test.status() == ["shop/main db 5432 live"])
    }

    /// Its portrun asks for the branch in which it started.
    @Test func aCommandFromBeforeTheSwitchTakesNothingBack() throws {
        let (outcome, lease) = try test.launch([.command()], pid: 7, for: checkout("main"))
        try enter("topic")
        try enter("main", now: "topic")
        let port = outcome.bookings[0].port
        #expect(try test.status() == ["shop/topic web \(port) live"])
        let label = try test.write { transaction in
            let entered = try transaction.enter(checkout("main")) { $1 == "url:topic" }.record
            return try transaction.record(holding: lease, in: entered).label
        }
        #expect(label == "shop/topic")
    }

    @Test func anotherFolderHasItsOwn() throws {
        let port = try test.launch([.command()], pid: 7, for: checkout("main")).outcome.bookings[0].port
        try enter("topic", at: "/elsewhere")
        #expect(try test.status() == ["shop/main web \(port) live"])
    }

    /// A second one under its name runs here, too.
    @Test func twoThatRunKeepTheirs() throws {
        try test.launch([.command()], pid: 7, for: checkout("main"))
        try test.launch([.command()], pid: 8, for: checkout("topic"))
        let before = try test.status()
        try enter("topic")
        #expect(try test.status() == before)
    }
}
