import PortrunBase
import PortrunRegistry

extension Adoption {
    /// Books a port that was found. A port that the context has already keeps its name.
    ///
    /// - Parameter isDryRun: only tell.
    /// - Returns: one for each port that was found.
    package func book(in registry: Registry, isDryRun: Bool = false) throws -> [AdoptedPort] {
        try registry.write(on: checkout.facts(), isDryRun: isDryRun) { transaction in
            try transaction.reapDeadLeases(.oldest)
            if ports.isEmpty { return [] }
            let (record, context) = try transaction.record(checkout.context, stillResolves: checkout.stillResolves)
            // Once, and not for each port.
            var known = try transaction.bookings(of: record)
            return try ports.map { try book($0, context, &known, transaction) }
        }
    }

    private func book(
        _ found: FoundPort, _ context: Context, _ known: inout [Booking], _ transaction: Transaction
    ) throws -> AdoptedPort {
        let existing = known.first {
            $0.transport == found.transport && $0.ports.first <= found.ports.first && found.ports.last <= $0.ports.last
        }
        if let existing {
            var kept = found
            kept.service = existing.service
            if existing.isEphemeral { try transaction.keepForGood(existing) }
            return AdoptedPort(found: kept, isKept: true)
        }
        var claim = Claim(
            context: context, service: found.service, port: found.ports.first, target: found.target,
            variable: found.variable)
        claim.count = found.ports.count
        claim.transport = found.transport
        claim.isDeclared = true
        do {
            known.append(try transaction.book(claim, stillResolves: checkout.stillResolves))
            return AdoptedPort(found: found)
        } catch let error as ClaimError {
            return AdoptedPort(found: found, refusal: error)
        }
    }
}
