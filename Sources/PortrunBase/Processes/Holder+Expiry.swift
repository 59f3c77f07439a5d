/// A holder that is no process but a time: a lease that it has lasts until then.
///
/// It is kept in the fields of a process, so that a launch reads one kind of row: `pid` is 0, which no process has,
/// `start` is the second since 1970 at which it ends, and `pidfdID` the second since the system's start.
extension Holder {
    /// A time that is `length` away.
    ///
    /// - Parameters:
    ///   - now: seconds since 1970.
    ///   - uptime: seconds since the start of the system.
    package static func lasting(
        _ length: TimeToLive, now: Int64, uptime: Int64, seenBy process: OwnProcess
    ) -> Holder {
        Holder(
            pid: 0, start: UInt64(max(0, now) + length.seconds), pidfdID: UInt64(max(0, uptime) + length.seconds),
            uid: process.uid, seenFrom: process.vantage)
    }

    /// When it ends, in seconds since 1970; nil for a process.
    package var endsAt: Int64? { pid == 0 ? start.map { Int64(clamping: $0) } : nil }

    /// Looks whether this process still lives, or this time is still to come.
    package func verdict(
        seenFrom vantage: Vantage, now: Int64, uptime: Int64
    ) -> HolderVerdict {
        guard pid == 0 else { return verdict(seenFrom: vantage) }
        return hasPassed(seenFrom: vantage, now: now, uptime: uptime) ? .dead : .alive
    }

    /// While the system runs, only the time since its start counts, which nobody sets; after a restart, and on another
    /// machine, there is nothing but the wall clock.
    private func hasPassed(seenFrom vantage: Vantage, now: Int64, uptime: Int64) -> Bool {
        if !bootID.isEmpty, bootID == vantage.bootID, pidNamespace == vantage.pidNamespace, let pidfdID {
            return UInt64(clamping: uptime) >= pidfdID
        }
        return start.map { UInt64(clamping: now) >= $0 } ?? true
    }
}
