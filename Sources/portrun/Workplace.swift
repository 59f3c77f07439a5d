import PortrunBase
import PortrunKit
import PortrunRegistry

/// The start of every subcommand: the context it is about and the registry, found from its options.
struct Workplace {
    /// The system as the command finds it, in the folder that `-C` names.
    let system: System
    let workingDirectory: String
    /// The environment without what an earlier portrun put there.
    let userEnvironment: Environment
    let context: Context
    let vantage: Vantage
    let location: RegistryLocation
    let selection: Selection
    /// True when portrun reports only errors, and what was lost.
    let isQuiet: Bool

    /// Enters the folder that `-C` names, for good, and resolves the context there.
    init(_ selection: Selection, _ system: System, isQuiet: Bool = false) throws {
        self.isQuiet = isQuiet
        // What `--registry` names is seen from where the user stands.
        location = try RegistryLocation(option: selection.registry, system: system)
        var system = system
        if let directory = selection.directory {
            guard chdir(directory) == 0 else { throw UsageError.directory(path: directory, code: errno) }
            system.workingDirectory = System.currentDirectory()
        }
        guard let workingDirectory = system.workingDirectory else { throw UsageError.noWorkingDirectory }
        self.system = system
        self.workingDirectory = workingDirectory
        self.selection = selection
        userEnvironment = Overlay.userEnvironment(system.environment)
        vantage = Vantage.current()
        context = try ContextResolver.resolve(Self.request(selection, system, workingDirectory))
    }

    /// True when the user named the context of the machine's names, where nothing but `register` books.
    var isMachine: Bool { selection.context != nil && context.isMachine }

    func openRegistry() throws(RegistryError) -> Registry {
        let registry = try Registry(at: location, now: system.now, isQuiet: isQuiet, warn: Report.warning)
        // Never let go of: taking SQLite down costs a launch a twentieth, and the end of the process does it as well.
        _ = Unmanaged.passRetained(registry)
        return registry
    }

    /// The containers that run now, as far as an engine tells: to be asked before the registry is locked, and by
    /// nothing that is in a hurry.
    func runningContainers() -> [Container] {
        ContainerEngine(environment: userEnvironment, home: system.home).runningContainers()
    }

    /// This machine, now.
    ///
    /// - Parameter containers: those that may hold bookings.
    func facts(beside containers: [Container] = []) -> SystemFacts {
        var facts = SystemFacts.current(seenFrom: vantage, system)
        facts.containers = containers
        return facts
    }

    /// Runs `body` in one write transaction of the registry, with dead leases around this context reaped.
    func inRegistry<Result>(
        beside containers: [Container] = [], _ body: (Transaction, ContextRecord, Context) throws -> Result
    ) throws -> Result {
        try inRegistry(openRegistry(), beside: containers, body)
    }

    func inRegistry<Result>(
        _ registry: Registry, beside containers: [Container] = [], isDryRun: Bool = false,
        _ body: (Transaction, ContextRecord, Context) throws -> Result
    ) throws -> Result {
        if isMachine { throw ContextError.machine }
        return try registry.write(on: facts(beside: containers), isDryRun: isDryRun) { transaction in
            let (record, context) = try transaction.enter(context, stillResolves: stillResolves)
            return try body(transaction, record, context)
        }
    }

    /// Whether the checkout at `path` has `identity` today. A context that the user named has no path of its own.
    func stillResolves(_ path: String, _ identity: String) -> Bool {
        guard selection.context == nil, selection.app == nil, selection.instance == nil else { return false }
        return ContextResolver.path(
            path, stillResolvesTo: identity, home: system.home, environment: system.environment)
    }

    /// Runs `body` on what the registry holds now. This context is not recorded: its record is nil when it has none.
    func look<Result>(
        beside containers: [Container] = [], _ body: (Transaction, ContextRecord?) throws -> Result
    ) throws -> Result {
        try look(in: openRegistry(), beside: containers, body)
    }

    func look<Result>(
        in registry: Registry, beside containers: [Container] = [],
        _ body: (Transaction, ContextRecord?) throws -> Result
    ) throws -> Result {
        let facts = facts(beside: containers)
        registry.reapExpired(on: facts)
        return try registry.read(on: facts) { try body($0, try ownRecord($0)) }
    }

    /// Runs `body` in one write transaction, with dead leases reaped. This context is not recorded: its record is nil
    /// when it has none.
    func change<Result>(
        beside containers: [Container] = [], _ body: (Transaction, ContextRecord?) throws -> Result
    ) throws -> Result {
        try openRegistry().write(on: facts(beside: containers)) { transaction in
            try transaction.reapDeadLeases(.oldest)
            return try body(transaction, try ownRecord(transaction))
        }
    }

    /// The record of this context, if it has one.
    private func ownRecord(_ transaction: Transaction) throws(RegistryError) -> ContextRecord? {
        let own = try transaction.find(identity: context.identity)
        let qualified = try transaction.find(identity: context.qualifiedByPath().identity)
        let isOther = own.map { $0.path != context.path && stillResolves($0.path, context.identity) } ?? false
        return qualified ?? (isOther ? nil : own)
    }

    private static func request(
        _ selection: Selection, _ system: System, _ workingDirectory: String
    ) -> ContextRequest {
        ContextRequest(
            workingDirectory: workingDirectory, home: system.home, environment: system.environment,
            name: selection.context, app: selection.app, instance: selection.instance)
    }
}
