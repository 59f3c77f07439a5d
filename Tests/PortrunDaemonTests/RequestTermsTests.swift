import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunDaemon
@testable import PortrunKit
@testable import PortrunRegistry

/// Problems that the library's errors are to a client of the daemon.
struct RequestTermsTests {
    private static let service: ServiceName = "web"

    private static let releases: [ReleaseError] = [
        .notBooked(service: service, label: "shop/main"), .nothingBooked(label: "shop"),
        .nothingLearned(label: "shop"), .portNotBooked(3000), .noSuchNumber(7),
        .live(service: service, pid: 4711, command: "node"),
        .contained(service: service, container: "shop-web-1", end: "docker stop shop-web-1"),
    ]

    private static let bookings: [BookingError] = [
        .booked(ports: PortRange(3000), owner: "shop/main web"), .busy(ports: PortRange(3000)),
        .held(service: service, ports: PortRange(3000), pid: 4711, command: "node"),
        .exhausted(service: service, range: PortRange(3000), booked: 1, busy: 1, blocked: 1),
        .beyondLast(port: 65535, count: 3), .fixed([]),
    ]

    private static let claims: [ClaimError] = [
        .booked(port: 3000, owner: "shop/main web"),
        .elsewhere(service: service, label: "shop/main", ports: PortRange(3000)),
        .elsewhere(service: service, label: "machine", ports: PortRange(3000)),
    ]

    private static let registries: [RegistryError] = [
        .noHome, .folder(path: "/a", code: 13), .unusable(path: "/a", reason: "b"),
        .untrusted(.link(path: "/a", owner: 1, target: "/b")), .busy(path: "/a"), .interrupted(path: "/a"),
        .readOnly(path: "/a"), .full(path: "/a"), .corrupt(path: "/a"), .foreign(path: "/a", reason: "b"),
        .nested(path: "/a"), .newer(path: "/a", version: 99, known: 9), .failed(path: "/a", code: 1, text: "b"),
    ]

    private static let contexts: [ContextError] = [
        .namedTwice(name: "a"), .machine, .unreachable(path: "/a"),
        .invalidName(option: "--context", name: "", problem: .empty),
        .invalidName(option: "--app", name: "", problem: .tooLong),
        .invalidName(option: "--instance", name: "", problem: .unprintable),
    ]

    private static let others: [any ReportableError] = [
        TrustError.foreign(path: "/nowhere/a", owner: 1), HoldingError.noTimeToLive(7), HoldingError.notHeld(7),
        NotRegisteredError(name: service), FolderError(path: "/a", code: 2), CheckoutError.noWorkingDirectory,
    ]

    @Test(arguments: releases + bookings + claims + registries + contexts + others)
    func haveNoOptionsOfTheCommandLine(_ error: any ReportableError) {
        let problem = Problem(of: error)
        let text = "\(problem.detail) \(problem.hint ?? "")"
        #expect(!text.contains("`--"), "\(text)")
        let rest = text.replacing("`portrun daemon stop`", with: "").replacing("`portrun daemon start`", with: "")
        #expect(!rest.contains("`portrun "), "\(text)")
    }

    @Test func sayWhatTheNextRequestIs() {
        let held = Problem(of: ReleaseError.live(service: Self.service, pid: 1, command: "node"))
        #expect(held.hint == "end it first, or use `?force=true`")
        let empty = Problem(of: ContextError.invalidName(option: "--context", name: "", problem: .empty))
        #expect(empty.detail == "the name given to `context` is empty")
    }
}
