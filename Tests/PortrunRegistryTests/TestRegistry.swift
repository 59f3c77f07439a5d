import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// A registry in a folder of its own, and what the tests do with it most.
final class TestRegistry {
    private let folder = ScratchFolder()
    private let registry: Registry
    var facts = TestFacts()
    private var holders: Int32 = 0

    init() throws {
        registry = try Registry(at: RegistryLocation(in: folder), now: 0) { _ in }
    }

    func write<Result>(isDryRun: Bool = false, _ body: (Transaction) throws -> Result) throws -> Result {
        try registry.write(on: facts.facts, isDryRun: isDryRun, body)
    }

    func write<Result>(on facts: SystemFacts, _ body: (Transaction) throws -> Result) throws -> Result {
        try registry.write(on: facts, body)
    }

    /// A second connection to the same file.
    func another() throws -> Registry { try Registry(at: RegistryLocation(in: folder), now: 0) { _ in } }

    /// Likewise, to ask SQLite itself.
    func connection() throws -> Database { try Database(path: RegistryLocation(in: folder).path) }

    func reapExpired() { registry.reapExpired(on: facts.facts) }

    func read<Result>(on facts: SystemFacts, _ body: (Reader) throws -> Result) throws -> Result {
        try registry.read(on: facts, body)
    }

    /// Books for `context`, as a launch does.
    @discardableResult
    func book(
        _ requests: [ServiceRequest], for context: Context = .named("myapp/main"),
        _ terms: BookingTerms = BookingTerms()
    ) throws -> BookingOutcome {
        try write { transaction in
            let record = try transaction.enter(context, stillResolves: Self.nobody).record
            return try transaction.book(requests, for: record, terms: terms)
        }
    }

    /// The port that one request gets.
    @discardableResult
    func port(
        _ request: ServiceRequest, for context: Context = .named("myapp/main"),
        _ terms: BookingTerms = BookingTerms()
    ) throws -> Port {
        try #require(try book([request], for: context, terms).bookings.first).port
    }

    /// The port that a request gets whose command goes on running.
    @discardableResult
    func hold(_ request: ServiceRequest, for context: Context = .named("other/main")) throws -> Port {
        holders += 1
        return try #require(try launch([request], pid: 1000 + holders, for: context).outcome.bookings.first).port
    }

    /// Books and leases to the process `pid`, as a launch does.
    ///
    /// - Parameter told: what the process is told of and does not have for itself.
    @discardableResult
    func launch(
        _ requests: [ServiceRequest], told: [ServiceRequest] = [], pid: Int32,
        for context: Context = .named("myapp/main"), _ terms: BookingTerms = BookingTerms()
    ) throws -> (outcome: BookingOutcome, lease: Lease) {
        try write { transaction in
            let record = try transaction.enter(context, stillResolves: Self.nobody).record
            let outcome = try transaction.book(requests + told, for: record, terms: terms)
            let lease = try transaction.lease(
                Array(outcome.bookings.prefix(requests.count)), told: outcome.bookings.suffix(told.count),
                to: .process(pid), command: "server", isEphemeral: terms.isEphemeral)
            return (outcome, lease)
        }
    }

    /// `label service port state` of every booking.
    func status() throws -> [String] {
        try write { try $0.status() }.map {
            "\($0.context.label) \($0.booking.service) \($0.booking.port) \($0.state.name)"
        }
    }

    /// No other checkout has the identity.
    static func nobody(_ path: String, _ identity: String) -> Bool { false }
}

extension RegistryLocation {
    /// `registry.sqlite` in `folder`.
    init(in folder: ScratchFolder) throws(RegistryError) {
        try self.init(
            option: folder.path + "/registry.sqlite",
            system: System(environment: Environment(), workingDirectory: "/", now: 0))
    }
}

extension Context {
    /// A checkout at `path` that is `identity`, by default its own.
    static func named(
        _ label: String, at path: String? = nil, identity: String? = nil, repository: String? = nil,
        isGuest: Bool = false
    ) -> Context {
        let path = path ?? "/home/me/" + label
        return Context(
            identity: identity ?? label, label: label, app: "app", instance: "instance", path: path,
            remote: nil,
            branch: "main", repository: repository, isMain: false, isGuest: isGuest, folder: "", warnings: [])
    }
}

extension Holder {
    static func process(_ pid: Int32) -> Holder {
        Holder(
            pid: pid, start: 1, uid: 1000,
            seenFrom: Vantage(bootID: "boot", host: "host", pidNamespace: "pids", networkNamespace: "host"))
    }
}

extension ServiceRequest {
    /// The port of a command itself.
    static func command(_ service: ServiceName = "web", demand: Port? = nil, wish: Port? = nil)
        -> ServiceRequest
    {
        var request = ServiceRequest(service, kind: .web)
        request.isExclusive = true
        request.demand = demand
        request.wish = wish
        return request
    }

    /// A port that a compose file publishes.
    static func compose(
        _ service: ServiceName, declared: Port? = nil, wish: Port? = nil, demand: Port? = nil,
        transport: TransportProtocol = .tcp, count: Int = 1, fixed: FixedPortPolicy = .remap
    ) -> ServiceRequest {
        var request = ServiceRequest(service)
        request.entry = 0
        request.count = count
        request.fixed = fixed
        request.declared = declared
        request.wish = wish
        request.demand = demand
        request.transport = transport
        return request
    }
}
