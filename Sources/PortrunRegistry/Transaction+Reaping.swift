import PortrunBase

extension Transaction {
    /// Ends the leases whose holder is proved dead, and gives them back.
    ///
    /// A lease that lasts until a time is dead when that has come. An unknown holder (another pid namespace, an
    /// unreadable /proc) keeps its lease, unless it is older than a minute and none of its ports is listened on.
    @discardableResult
    package func reapDeadLeases(_ scope: ReapingScope) throws(RegistryError) -> [Lease] {
        let dead = try deadLeases(scope)
        try end(dead)
        return dead
    }
}
