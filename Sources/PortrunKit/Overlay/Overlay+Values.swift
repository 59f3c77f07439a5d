import PortrunBase

/// Values of the user's: those that follow ports, and those that are given back.
extension Overlay {
    package struct RawAssignment: Sendable, Equatable {
        package let name: String
        package let value: [UInt8]
    }

    /// Whether `name` is set for another reason than that a value follows.
    package func owns(_ name: String) -> Bool { isAssigned(name) && !values.contains(name) }

    /// Sets the changed values, but of no variable that the overlay owns, and none that the gate refuses.
    ///
    /// - Returns: what was refused.
    @discardableResult
    package mutating func follow(_ changes: [ValueChange]) -> [ValueChange] {
        if changes.isEmpty { return [] }
        var refused: [ValueChange] = []
        var followed: [ValueChange] = []
        var words = ""
        var replaced: Set<ExactString> = []
        // No name is changed twice.
        let known = Set(of: names)
        // With more nothing could be started, which is told when the overlay is measured.
        for change in changes where words.utf8.count <= EnvironmentLimit.longestEntry {
            let isKnown = known.contains(change.name)
            if isKnown, owns(change.name) { continue }
            guard change.passesGate else {
                refused.append(change)
                continue
            }
            if isKnown { replaced.insert(change.name) }
            followed.append(change)
            words += (words.isEmpty ? "" : " ") + ChangedVariable.word(change)
        }
        guard !words.isEmpty else { return refused }
        if !replaced.isEmpty { drop { replaced.contains($0) } }
        for change in followed { assign(change.name, change.new) }
        let others = assignments.first { $0.name == ChangedEnvironment.variable }?.value.text
        drop { $0 == ChangedEnvironment.variable }
        set(ChangedEnvironment.variable, .text(others.map { $0 + " " + words } ?? words))
        return refused
    }

    /// Gives back what an earlier overlay has changed and this one does not.
    ///
    /// - Parameter user: the environment without those changes.
    mutating func giveBack(_ earlier: ChangedEnvironment, _ user: Environment) {
        if earlier.isEmpty { return }
        // The same may be named twice, and thousands are.
        var given = Set(of: removals)
        for name in earlier.names where !isSet(name) && given.insert(name) {
            if let own = user.bytes(of: name) {
                assign(name, Array(own))
            } else {
                removals.append(name)
            }
        }
    }

    private mutating func drop(where isDropped: (String) -> Bool) {
        removals.removeAll { isDropped($0) }
        dropAssignments(where: isDropped)
    }

    /// Sets a value of the user's that is not set yet.
    private mutating func assign(_ name: String, _ value: [UInt8]) {
        values.append(name)
        if let text = String(validating: value, as: UTF8.self) {
            append(name, .text(text))
        } else {
            rawAssignments.append(RawAssignment(name: name, value: value))
        }
    }
}

extension ValueChange {
    fileprivate var passesGate: Bool {
        switch origin {
        case .environment: VariableGate.admits(name, fromUser: new)
        case .file: VariableGate.admits(name, fromFile: new)
        }
    }
}
