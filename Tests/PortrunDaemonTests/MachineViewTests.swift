import PortrunBase
import PortrunKit
import PortrunRegistry
import TestSupport
import Testing

@testable import PortrunDaemon

/// What is told of two views of a machine.
struct MachineViewTests {
    private let folder: TemporaryFolder
    private let registry: Registry
    private let checkout: Checkout

    init() throws {
        folder = try TemporaryFolder()
        let system = System(
            environment: ["HOME": folder.path, "PATH": "/usr/bin:/bin"], workingDirectory: folder.path,
            now: 1_800_000_000)
        checkout = try Checkout(system, location: RegistryLocation(option: nil, system: system))
        registry = try Registry(at: checkout.location, now: system.now) { _ in }
    }

    private func booked(_ names: String...) throws -> [BookingStatus] {
        var order = BookingOrder()
        order.services = names.compactMap { ServiceName($0) }
        return try order.book(order.plan(in: checkout), in: registry, isTelling: true).statuses
    }

    private func kinds(
        _ before: (BookingStatus, Observation.Presence)..., then now: (BookingStatus, Observation.Presence)...
    ) -> [String] {
        let views = [before, now].map { view in
            MachineView(view.map { Observation(status: $0.0, listener: $0.1) })
        }
        return views[1].events(since: views[0]).map { "\($0.kind) \($0.observation.status.booking.service)" }
    }

    @Test func tellsWhatIsDifferent() throws {
        let statuses = try booked("a", "b")
        let (a, b) = (statuses[0], statuses[1])
        let held = try checkout.hold(a.booking.id, for: TimeToLive(60), in: registry)
        let stranger = Observation.Presence.stranger(pid: 1, command: "x")
        #expect(kinds((a, .nobody), then: (a, .nobody)) == [])
        #expect(kinds(then: (a, .nobody), (b, .own)) == ["booked a", "booked b", "listening b"])
        #expect(kinds((a, .nobody), (b, .own), then: (b, .own)) == ["released a"])
        #expect(kinds((a, .nobody), then: (held, .nobody)) == ["live a"])
        #expect(kinds((held, .nobody), then: (a, .nobody)) == ["idle a"])
        #expect(kinds((held, .own), then: (a, .own)) == ["listening a"])
        #expect(kinds((held, .own), then: (a, .nobody)) == ["idle a"])
        #expect(kinds((held, .own), then: (held, .nobody)) == [])
        #expect(kinds((held, .nobody), then: (held, .own)) == ["listening a"])
        #expect(kinds((a, .nobody), then: (a, stranger)) == ["stranger a"])
        #expect(kinds((a, stranger), then: (a, .stranger(pid: 2, command: "x"))) == ["stranger a"])
        #expect(kinds((a, stranger), then: (a, .nobody)) == ["idle a"])
    }

    /// Under the same number, or under another one.
    @Test func tellsWhereABookingHasMoved() throws {
        let a = try booked("a")[0]
        var order = BookingOrder()
        order.services = [a.booking.service]
        order.port = Port(Int(a.booking.port.number) + 7)
        let moved = try order.book(order.plan(in: checkout), in: registry, isTelling: true).statuses[0]
        #expect(kinds((a, .own), then: (moved, .nobody)) == ["moved a"])
        #expect(kinds((a, .own), then: (moved, .own)) == ["moved a", "listening a"])
        _ = try checkout.release(.own([]), in: registry)
        let again = try booked("a", "b")
        #expect(again[0].booking.port != moved.booking.port)
        #expect(kinds((moved, .nobody), then: (again[0], .nobody), (again[1], .nobody)) == ["moved a", "booked b"])
    }

    @Test func aFrameIsOneEvent() throws {
        let event = DaemonEvent(
            kind: .stranger,
            observation: Observation(
                status: try booked("a")[0], listener: .stranger(pid: 7, command: "x\ny")))
        let lines = event.frame.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 4 && lines[0] == "event: stranger" && lines[1].hasPrefix("data: {\"id\":"))
        #expect(lines[1].hasSuffix(#","listener":{"pid":7,"command":"x\ny"}}"#))
    }
}
