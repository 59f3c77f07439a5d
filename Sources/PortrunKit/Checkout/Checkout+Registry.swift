import PortrunBase
import PortrunRegistry

/// The ways in which a checkout uses a registry.
extension Checkout {
    /// Runs `body` in one write transaction, with dead leases around this context reaped and the context recorded.
    ///
    /// `body` may run more than once; nothing slow is to happen in it.
    /// - Parameters:
    ///   - containers: those that may hold bookings.
    ///   - isDryRun: undo everything in the end.
    /// - Throws: `ContextError.machine` where nothing may be booked; what `body` throws; `RegistryError`.
    package func enter<Result>(
        _ registry: Registry, beside containers: [Container] = [], isDryRun: Bool = false,
        _ body: (Transaction, ContextRecord, Context) throws -> Result
    ) throws -> Result {
        if isMachine { throw ContextError.machine }
        do {
            return try registry.write(on: facts(beside: containers), isDryRun: isDryRun) { transaction in
                let (record, context) = try transaction.enter(context, stillResolves: stillResolves)
                return try body(transaction, record, context)
            }
        } catch BookingError.busy(let ports, nil) {
            throw BookingError.busy(ports: ports, owner: ports.count == 1 ? knownListener(on: ports.first) : nil)
        }
    }

    /// Runs `body` on what the registry holds now. This context is not recorded: its record is nil when it has none.
    package func look<Result>(
        in registry: Registry, beside containers: [Container] = [],
        _ body: (Reader, ContextRecord?) throws -> Result
    ) throws -> Result {
        let facts = facts(beside: containers)
        registry.reapExpired(on: facts)
        return try registry.read(on: facts) { try body($0, try ownRecord($0)) }
    }

    /// Runs `body` in one write transaction, with dead leases reaped. This context is not recorded: its record is nil
    /// when it has none.
    package func change<Result>(
        _ registry: Registry, beside containers: [Container] = [],
        _ body: (Transaction, ContextRecord?) throws -> Result
    ) throws -> Result {
        try registry.write(on: facts(beside: containers)) { transaction in
            try transaction.reapDeadLeases(.oldest)
            return try body(transaction, try ownRecord(transaction))
        }
    }

    /// The context as the registry knows it: of two clones on one branch the second has its path in its identity.
    package func recordedContext(in registry: Registry) throws -> Context {
        guard !isNamed, let record = try look(in: registry, { $1 }) else { return context }
        let qualified = context.qualifiedByPath()
        return record.hash == qualified.hash ? qualified : context
    }

    /// The record of this context, if it has one.
    private func ownRecord(_ reader: Reader) throws -> ContextRecord? {
        try reader.find(context, stillResolves: stillResolves)
    }
}
