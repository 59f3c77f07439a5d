/// Whether the holder of a lease still lives. Only proof of death frees a lease.
package enum HolderVerdict: Sendable, Equatable {
    case alive, dead
    /// It cannot be seen from here: on another machine, in another pid namespace, or hidden.
    case unknown
}

extension Holder {
    /// Looks whether this process still lives.
    package func verdict(seenFrom vantage: Vantage) -> HolderVerdict {
        verdict(seenFrom: vantage) { ProcessSighting.of(pid, isStartNeeded: pidfdID == nil) }
    }

    /// How long this process has run at the most, in seconds, by a clock that nobody sets; nil where that cannot be told.
    package func age(seenFrom vantage: Vantage, uptime: Int64) -> Int64? {
        guard !bootID.isEmpty, bootID == vantage.bootID else { return nil }
        return start.flatMap(Uptime.second(ofStart:)).map { uptime - $0 }
    }

    /// The rule; `look` is asked only if the pid means the same process here as where it was recorded.
    ///
    /// One boot id is one machine, whatever its name is by now. Another one on the same machine is proof of death; on
    /// another machine it says nothing. Time is never compared but for equality, so that no clock can be wrong.
    func verdict(seenFrom vantage: Vantage, look: () -> ProcessSighting) -> HolderVerdict {
        guard bootID == vantage.bootID else { return host == vantage.host ? .dead : .unknown }
        guard pidNamespace == vantage.pidNamespace else { return .unknown }
        switch look() {
        case .absent:
            return .dead
        case .present(let start, let pidfdID, let hasEnded):
            if let pidfdID, let recorded = self.pidfdID {
                return pidfdID == recorded && !hasEnded ? .alive : .dead
            }
            guard let start, let recorded = self.start else { return hasEnded ? .dead : .unknown }
            return start == recorded && !hasEnded ? .alive : .dead
        }
    }
}
