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
            return try ports.map { try book($0, transaction) }
        }
    }

    private func book(_ found: FoundPort, _ transaction: Transaction) throws -> AdoptedPort {
        let (record, context) = try transaction.record(checkout.context, stillResolves: checkout.stillResolves)
        let existing = try transaction.bookings(of: record).first {
            $0.transport == found.transport && $0.ports.first <= found.ports.first && found.ports.last <= $0.ports.last
        }
        if let existing {
            var known = found
            known.service = existing.service
            if existing.isEphemeral { try transaction.keepForGood(existing) }
            return AdoptedPort(found: known, isKept: true)
        }
        var claim = Claim(
            context: context, service: found.service, port: found.ports.first, target: found.target,
            variable: found.variable)
        claim.count = found.ports.count
        claim.transport = found.transport
        claim.isDeclared = true
        do {
            _ = try transaction.book(claim, stillResolves: checkout.stillResolves)
            return AdoptedPort(found: found)
        } catch let error as ClaimError {
            return AdoptedPort(found: found, refusal: error)
        }
    }
}
