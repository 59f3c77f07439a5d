import PortrunBase

extension JSONSource {
    /// Why a pointer cannot be set.
    package enum SettingError: Error, Equatable {
        case noPlace, notAValue
        /// The document would not be one any more.
        case broken(Failure)
    }

    /// Sets the value at `pointer`; every other byte stays.
    ///
    /// Objects on the way that are missing are made. A port is a number, but a string where there was one.
    /// - Parameter isText: `value` is a string in any case.
    package mutating func set(_ pointer: String, to value: String, isText: Bool) throws(SettingError) {
        let names = JSONPointer.keys(of: pointer).map { String(decoding: $0, as: UTF8.self) }
        let literal = isText ? JSONValue.string(value).text : value
        var node = root
        for (depth, name) in names.enumerated() {
            switch node.kind {
            case .object(let members):
                // Readers take the last of two equal keys.
                guard let member = members.last(where: { $0.key == name }) else {
                    let rest = Array(names[(depth + 1)...])
                    return try edit(member: name, rest, literal, into: node, members)
                }
                node = member.value
            case .array(let elements):
                guard let index = Int(name), String(index) == name, elements.indices.contains(index) else {
                    throw .noPlace
                }
                node = elements[index]
            case .string, .other: throw .noPlace
            }
        }
        switch node.kind {
        case .object, .array: throw .notAValue
        case .string: try edit(node.range, JSONValue.string(value).text)
        case .other: try edit(node.range, literal)
        }
    }

    private mutating func edit(_ range: Range<Int>, _ text: String) throws(SettingError) {
        do {
            try replace(range, by: text)
        } catch {
            throw .broken(error)
        }
    }

    /// Adds a member behind the last one, written as that is.
    private mutating func edit(
        member name: String, _ rest: [String], _ literal: String, into object: Node, _ members: [Member]
    ) throws(SettingError) {
        let indent = self.indent(at: object.range.lowerBound)
        guard let last = members.last else {
            return try edit(object.range, self.object([name] + rest, literal, indent: indent))
        }
        let key = JSONValue.string(name).text
        var separator = text(last.keyRange.upperBound..<last.value.range.lowerBound)
        if separator.contains("/") { separator = ": " }
        var lead = leadingSpace(of: last.keyRange.lowerBound)
        if lead.isEmpty, separator != ":" { lead = " " }
        // By bytes: CR and LF together are one `Character`.
        let isOnItsLine = lead.utf8.contains(0x0A)
        let value =
            rest.isEmpty
            ? literal
            : self.object(rest, literal, indent: isOnItsLine ? self.indent(at: last.keyRange.lowerBound) : nil)
        let end = last.value.range.upperBound
        try edit(end..<end, ",\(lead)\(key)\(separator)\(value)")
    }

    /// Objects in one another, the innermost with the literal; in lines of their own unless there are none here.
    ///
    /// - Parameter indent: of the line where it starts; nil for a document in one line.
    private func object(_ names: [String], _ literal: String, indent: String?) -> String {
        let key = JSONValue.string(names[0]).text
        let inner = indent.map { $0 + indentUnit }
        let rest = Array(names.dropFirst())
        let value = rest.isEmpty ? literal : object(rest, literal, indent: inner)
        guard let indent, let inner else { return "{\(key): \(value)}" }
        return "{\(lineBreak)\(inner)\(key): \(value)\(lineBreak)\(indent)}"
    }

    /// The blanks at the start of the line that `position` is in; nil when the document has no line breaks inside.
    private func indent(at position: Int) -> String? {
        guard bytes[root.range].contains(0x0A) || bytes.last == 0x0A else { return nil }
        let start = bytes[..<position].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return text(start..<(bytes[start...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? start))
    }

    /// The blanks of the first line that has any in front, as a level.
    private var indentUnit: String {
        for start in bytes.indices where bytes[start] == 0x0A {
            let rest = bytes[(start + 1)...]
            let blanks = rest.prefix { $0 == 0x20 || $0 == 0x09 }
            if !blanks.isEmpty, rest.dropFirst(blanks.count).first == UInt8(ascii: "\"") {
                return String(decoding: blanks, as: UTF8.self)
            }
        }
        return "  "
    }

    private var lineBreak: String {
        guard let end = bytes.firstIndex(of: 0x0A), end > 0 else { return "\n" }
        return bytes[end - 1] == 0x0D ? "\r\n" : "\n"
    }

    /// The blanks and line breaks in front of a key; of several lines the last.
    private func leadingSpace(of position: Int) -> String {
        var start = position
        while start > 0, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[start - 1]) { start -= 1 }
        let space = bytes[start..<position]
        guard let last = space.lastIndex(of: 0x0A) else { return text(start..<position) }
        return lineBreak + text((last + 1)..<position)
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
