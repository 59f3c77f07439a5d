import PortrunBase

extension Overlay {
    package struct RawAssignment: Sendable, Equatable {
        package let name: String
        package let value: [UInt8]
    }

    /// Tells a further portrun, run inside, which values have been rewritten, and what they were.
    ///
    /// A word for each: `NAME:digest` of one that only an env file had, `NAME:digest:offset+length=port,…` else. The
    /// values themselves, which may be secret or long, are not in it.
    static let rewrittenVariable = "PORTRUN_REWRITTEN"

    /// Whether `name` is set for another reason than that a value follows.
    package func owns(_ name: String) -> Bool {
        assignments.contains { $0.name == name } && !values.contains(name)
    }

    /// Every name that is set or removed: what is set in its order.
    package var names: [String] {
        var names: [String] = []
        for assignment in assignments { names.append(assignment.name) }
        for assignment in rawAssignments { names.append(assignment.name) }
        return names + removals
    }

    /// Sets the changed values, but of no variable that the overlay owns.
    package mutating func follow(_ changes: [ValueChange]) {
        if changes.isEmpty { return }
        // An env file may have thousands: each step is one pass over all.
        let owned = Set(assignments.map(\.name)).subtracting(values)
        let changes = changes.filter { !owned.contains($0.name) }
        let names = Set(changes.map(\.name))
        removals.removeAll(where: names.contains)
        assignments.removeAll { names.contains($0.name) }
        rawAssignments.removeAll { names.contains($0.name) }
        var words = ""
        for change in changes {
            append(change.name, change.new)
            values.append(change.name)
            words += (words.isEmpty ? "" : " ") + change.record
        }
        guard !words.isEmpty else { return }
        removals.removeAll { $0 == Self.rewrittenVariable }
        set(Self.rewrittenVariable, .text(words))
    }

    /// Gives back what an earlier overlay has rewritten, unless somebody has changed it since: then it is the user's.
    mutating func restoreRewritten(_ environment: Environment) {
        guard let text = environment[Self.rewrittenVariable] else { return }
        removals.append(Self.rewrittenVariable)
        for word in text.split(separator: " ") {
            let parts = word.split(separator: ":").map(String.init)
            guard parts.count >= 2, let value = environment.bytes(of: parts[0]), !owns(parts[0]),
                parts[1] == ValueChange.digest(of: value)
            else { continue }
            if parts.count == 2 {
                removals.append(parts[0])
            } else {
                assign(parts[0], ValueChange.original(of: Array(value), edits: parts[2]))
                removals.removeAll { $0 == parts[0] }
                values.append(parts[0])
            }
        }
    }

    mutating func assign(_ name: String, _ value: [UInt8]) {
        if !assignments.contains(where: { $0.name == name }) { append(name, value) }
    }

    /// Sets a variable that is not set yet.
    private mutating func append(_ name: String, _ value: [UInt8]) {
        if let text = String(validating: value, as: UTF8.self) {
            assignments.append(Assignment(name: name, value: .text(text)))
        } else {
            rawAssignments.append(RawAssignment(name: name, value: value))
        }
    }
}

extension ValueChange {
    /// The word that a further portrun reads.
    fileprivate var record: String {
        var text = "\(name):\(Self.digest(of: new[...]))"
        guard origin == .environment else { return text }
        for (index, edit) in edits.enumerated() {
            text += (index == 0 ? ":" : ",") + "\(edit.offset)+\(edit.booked.description.utf8.count)=\(edit.declared)"
        }
        return text
    }

    /// Enough to see that a value has been changed by accident or on purpose.
    fileprivate static func digest(of value: ArraySlice<UInt8>) -> String {
        String(MD5.hexadecimal(of: value).prefix(8))
    }

    /// `value` with each number that was put in replaced by the one before; an edit that makes no sense is ignored.
    fileprivate static func original(of value: [UInt8], edits: String) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        for edit in edits.split(separator: ",") {
            let fields = edit.split { $0 == "+" || $0 == "=" }
            guard fields.count == 3, let offset = Int(fields[0]), let length = Int(fields[1]), length > 0,
                let port = Port(fields[2]), offset >= position, offset <= value.count,
                length <= value.count - offset
            else { continue }
            result += value[position..<offset]
            result += port.description.utf8
            position = offset + length
        }
        return result + value[position...]
    }
}
