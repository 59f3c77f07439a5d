import PortrunBase

/// A variable that portrun has set, and what it was before.
///
/// As a word, whose spaces and such are escaped as in every `WordList`:
///
///     NAME:NOW           there was none before
///     NAME:NOW=VALUE     it was VALUE, of any bytes
///     NAME:NOW@EDITS     numbers in it were others: OFFSET+LENGTH=PORT, with a comma between them
///
/// NOW is a port as it is, and of any other value a digest. A value that follows ports may be secret or long, and is
/// not repeated.
struct ChangedVariable: Sendable {
    let name: String
    private let now: ArraySlice<UInt8>
    private let before: Before

    private enum Before: Sendable {
        case nothing
        case value(ArraySlice<UInt8>)
        /// The edits, as text.
        case otherPorts(ArraySlice<UInt8>)
    }

    private static let separator = UInt8(ascii: ":")
    private static let valueMark = UInt8(ascii: "=")
    private static let editsMark = UInt8(ascii: "@")

    /// Reads a word; nil for one that is none of these.
    init?(_ word: [UInt8]) {
        guard let nameEnd = word.firstIndex(of: Self.separator) else { return nil }
        name = String(decoding: word[..<nameEnd], as: UTF8.self)
        guard Environment.isIdentifier(name) else { return nil }
        let rest = word[(nameEnd + 1)...]
        let end = rest.firstIndex { $0 == Self.valueMark || $0 == Self.editsMark }
        now = rest[..<(end ?? rest.endIndex)]
        guard let end else {
            before = .nothing
            return
        }
        let text = rest[(end + 1)...]
        before = rest[end] == Self.valueMark ? .value(text) : .otherPorts(text)
    }

    /// True when `value` is what the variable was set to.
    func hasSet(_ value: ArraySlice<UInt8>) -> Bool {
        now == value || now.elementsEqual(Self.digest(of: value).utf8)
    }

    /// The value before, when it is `value` now; nil when there was none.
    func original(of value: ArraySlice<UInt8>) -> [UInt8]? {
        switch before {
        case .nothing: nil
        case .value(let own): Array(own)
        case .otherPorts(let edits): Self.original(of: Array(value), edits: String(decoding: edits, as: UTF8.self))
        }
    }

    /// The word for a variable that is portrun's own.
    ///
    /// - Parameter before: the user's value; nil when they have none.
    static func word(_ name: String, set value: Overlay.Value, before: ArraySlice<UInt8>?) -> String {
        var word = name
        switch value {
        case .port(let port): word += ":\(port)"
        case .text(let text): word += ":" + digest(of: Array(text.utf8)[...])
        }
        if let before { word += "=" + WordList.text(ofBytes: [Array(before)]) }
        return word
    }

    /// The word for a variable of the user's, or of an env file, whose value follows ports.
    static func word(_ change: ValueChange) -> String {
        var word = change.name + ":" + digest(of: change.new[...])
        guard change.origin == .environment else { return word }
        for (index, edit) in change.edits.enumerated() {
            word += (index == 0 ? "@" : ",") + "\(edit.offset)+\(edit.booked.description.utf8.count)=\(edit.declared)"
        }
        return word
    }

    /// Enough to see that a value has been changed by accident or on purpose.
    private static func digest(of value: ArraySlice<UInt8>) -> String {
        var hash = FNV1a()
        value.withUnsafeBytes { hash.add($0) }
        return String(hash.value, radix: 16)
    }

    /// `value` with each number that was put in replaced by the one before; an edit that makes no sense is ignored.
    private static func original(of value: [UInt8], edits: String) -> [UInt8] {
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
