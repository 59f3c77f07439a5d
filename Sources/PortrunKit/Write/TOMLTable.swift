import PortrunBase

/// A table of texts and lists of texts that is added to a TOML document (https://toml.io/en/v1.0.0).
package struct TOMLTable {
    /// The keys that lead to it: bare ones.
    private let path: [String]
    private let values: [(key: String, value: JSONValue)]

    /// Why it cannot be added.
    package enum AddingError: Error, Equatable {
        /// The document is none; nothing is known of it.
        case failure(KeyedSource.Failure)
        /// There is a table of this name with something else in it, or a value in its place.
        case taken
    }

    /// - Parameter values: texts and lists of texts, which are written in TOML as in JSON.
    package init(_ path: [String], _ values: [(key: String, value: JSONValue)]) {
        self.path = path
        self.values = values
    }

    /// The table as a document of its own.
    package var text: String {
        "[\(path.joined(separator: "."))]\n" + values.map { "\($0.key) = \($0.value.line)\n" }.joined()
    }

    /// The document with the table at its end; every other byte stays. As it is where the table is there already.
    package func added(to bytes: [UInt8], _ look: Look = Look()) throws(AddingError) -> [UInt8] {
        let old = try Self.values(in: bytes, look)
        let own = try Self.values(in: Array(text.utf8), look)
        let keys = path.map { Array($0.utf8) }
        let known = old.filter { $0.path.starts(with: keys) }
        if !known.isEmpty {
            guard Self.isSame(known, own.filter { $0.path.starts(with: keys) }) else { throw .taken }
            return bytes
        }
        for above in old where keys.starts(with: above.path) {
            guard above.text == nil, Self.isHeader(above.line, of: bytes) else { throw .taken }
        }
        let isDOS = bytes.firstIndex(of: 0x0A).map { $0 > 0 && bytes[$0 - 1] == 0x0D } ?? false
        let lineBreak = isDOS ? "\r\n" : "\n"
        var added = bytes
        if let last = bytes.last {
            if last != 0x0A { added += Array(lineBreak.utf8) }
            added += Array(lineBreak.utf8)
        }
        added += Array(text.replacing("\n", with: lineBreak).utf8)
        let new = try Self.values(in: added, look)
        let more = own.filter { value in !old.contains { $0.path == value.path } }
        guard Self.isSame(new, old + more) else { throw .taken }
        return added
    }

    /// Whether a line, counted from 1, begins a table: one in braces, or one of dotted keys, takes no header below it.
    private static func isHeader(_ line: Int, of bytes: [UInt8]) -> Bool {
        let lines = bytes.split(separator: 0x0A, maxSplits: line, omittingEmptySubsequences: false)
        let text = lines[line - 1].drop { $0 == 0x20 || $0 == 0x09 }
        return text.starts(with: [UInt8(ascii: "[")]) && !text.starts(with: [UInt8(ascii: "["), UInt8(ascii: "[")])
    }

    private static func values(in bytes: [UInt8], _ look: Look) throws(AddingError) -> [KeyedValue] {
        do {
            return try TOMLValues.all(in: bytes, look)
        } catch {
            throw .failure(error)
        }
    }

    private static func isSame(_ left: [KeyedValue], _ right: [KeyedValue]) -> Bool {
        left.elementsEqual(right) { $0.path == $1.path && $0.text == $1.text }
    }
}
