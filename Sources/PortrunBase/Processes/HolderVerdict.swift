/// Whether the holder of a lease still lives. Only proof of death frees a lease.
package enum HolderVerdict: Sendable, Equatable {
    case alive, dead
    /// It cannot be seen from here: on another machine, or in another pid namespace.
    case unknown
    /// What would tell cannot be read, where the lease was made or here: the boot, the pid namespace or the start.
    case hidden
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

    /// True where the pid means the same process here as where it was recorded, or one of an earlier boot.
    package func isNumberedAlike(seenFrom vantage: Vantage) -> Bool { verdictByPlace(seenFrom: vantage) == nil }

    /// The rule; `look` is asked only if the pid means the same process here as where it was recorded.
    ///
    /// Time is never compared but for equality, so that no clock can be wrong.
    func verdict(seenFrom vantage: Vantage, look: () -> ProcessSighting) -> HolderVerdict {
        if let verdict = verdictByPlace(seenFrom: vantage) { return verdict }
        switch look() {
        case .absent:
            return .dead
        case .present(let start, let pidfdID, let hasEnded):
            if let pidfdID, let recorded = self.pidfdID {
                return pidfdID == recorded && !hasEnded ? .alive : .dead
            }
            guard let start, let recorded = self.start else { return hasEnded ? .dead : .hidden }
            return start == recorded && !hasEnded ? .alive : .dead
        }
    }

    /// What the place of the holder tells by itself; nil where the process has to be looked at.
    ///
    /// One boot id is one machine, whatever its name is by now. Another one on the same machine is proof of death; on
    /// another machine it says nothing. Where one of the two boots cannot be read, it is this one or an earlier one of
    /// this machine: a process that is not there, or is another one, is dead in both cases.
    private func verdictByPlace(seenFrom vantage: Vantage) -> HolderVerdict? {
        let isSameMachine = host == vantage.host && vantage.isHostKnown
        if bootID.isEmpty || vantage.bootID.isEmpty {
            guard isSameMachine else { return .hidden }
        } else if bootID != vantage.bootID {
            return isSameMachine ? .dead : .unknown
        }
        guard !pidNamespace.isEmpty, !vantage.pidNamespace.isEmpty else { return .hidden }
        return pidNamespace == vantage.pidNamespace ? nil : .unknown
    }
}
