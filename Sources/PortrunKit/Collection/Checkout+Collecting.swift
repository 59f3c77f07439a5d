import PortrunBase
import PortrunRegistry

extension Checkout {
    /// Drops what is dead or gone on this machine: leases, bookings, files and networks.
    ///
    /// Asks a container engine which containers run, and looks into the repository of every context.
    /// - Parameters:
    ///   - staleDays: drop bookings that were not used for so many days, too; nil for none.
    ///   - isDryRun: only tell.
    /// - Throws: `RegistryError`.
    package func collect(_ registry: Registry, staleDays: Int? = nil, isDryRun: Bool = false) throws
        -> CollectionOutcome
    {
        var facts = facts(beside: runningContainers())
        let cache = NameCache(at: location.path + ".names", now: system.now)
        facts.isGone = GoneCheckouts(environment: system.environment, cache: cache).reason
        let leavings = Leavings(in: state, now: system.now)
        var outcome = try registry.write(on: facts, isDryRun: isDryRun) { transaction in
            try transaction.collect(staleDays: staleDays, owners: leavings.owners)
        }
        if !isDryRun { cache.save() }
        outcome.add(leavings, in: self, isDryRun: isDryRun)
        return outcome
    }
}
