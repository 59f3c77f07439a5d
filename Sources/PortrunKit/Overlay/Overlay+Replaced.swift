import PortrunBase

extension Overlay {
    /// Tells a further portrun, run inside or at the next prompt, what the user had under the names that are set.
    ///
    /// A word `NAME=value` for each, of any bytes: see `WordList`.
    static let replacedVariable = "PORTRUN_REPLACED"

    /// Records what the assignments so far replace of the user's, and gives back what an earlier overlay has replaced
    /// and this one does not.
    ///
    /// What an earlier overlay set is not the user's; what it has recorded is.
    /// - Returns: the names that an earlier overlay set.
    mutating func keepTheUsers(_ environment: Environment) -> [String] {
        let ours = Self.inherited(environment)
        let earlier = Self.replaced(environment, ours)
        var kept: [[UInt8]] = []
        for assignment in assignments {
            let name = assignment.name
            if ours.contains(name) {
                if let own = earlier.first(where: { $0.name == name }) {
                    kept.append(Array("\(name)=".utf8) + own.value)
                }
            } else if let own = environment.bytes(of: name) {
                kept.append(Array("\(name)=".utf8) + own)
            }
        }
        giveBack(earlier.filter { !isSet($0.name) })
        if !kept.isEmpty { set(Self.replacedVariable, .text(WordList.text(ofBytes: kept))) }
        return ours
    }

    /// The user's values that an earlier overlay, which set `ours`, has recorded.
    static func replaced(_ environment: Environment, _ ours: [String]) -> [RawAssignment] {
        guard !ours.isEmpty, let text = environment[replacedVariable] else { return [] }
        var replaced: [RawAssignment] = []
        for word in WordList.bytes(in: text) {
            guard let end = word.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = String(decoding: word[..<end], as: UTF8.self)
            guard ours.contains(name) else { continue }
            replaced.append(RawAssignment(name: name, value: Array(word[(end + 1)...])))
        }
        return replaced
    }

    /// Sets what the user had.
    mutating func giveBack(_ replaced: [RawAssignment]) {
        for own in replaced {
            assign(own.name, own.value)
            values.append(own.name)
        }
    }
}
