import PortrunBase

/// Reads a TOML document (https://toml.io/en/v1.0.0), and notes where each value stands.
///
/// What the language forbids only for the whole, as a key that is there twice, is not looked for.
struct TOMLValues {
    let bytes: [UInt8]
    var position = 0
    private var values: [KeyedValue] = []
    /// The tables and lists that `values` has.
    private var collections: Set<[[UInt8]]> = []
    /// How many tables each array of tables has so far.
    private var tableCounts: [[[UInt8]]: Int] = [:]

    typealias Failure = KeyedSource.Failure

    /// Deeper nesting is refused, as it would exhaust the stack.
    private static let depthLimit = 200

    static func all(in bytes: [UInt8]) throws(Failure) -> [KeyedValue] {
        var reader = TOMLValues(bytes)
        try reader.readDocument()
        return reader.values
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    private mutating func readDocument() throws(Failure) {
        var table: [[UInt8]] = []
        while true {
            skipSpace(isOverLines: true)
            guard position < bytes.count else { return }
            if skip("[[") {
                table = try header(end: "]]", isElement: true)
            } else if skip("[") {
                table = try header(end: "]", isElement: false)
            } else {
                try readPair(in: table, depth: 0)
            }
            skipSpace(isOverLines: false)
            guard position == bytes.count || bytes[position] == 0x0A else {
                throw failure("something behind the end of the value")
            }
        }
    }

    /// The path of the table that begins.
    private mutating func header(end: String, isElement: Bool) throws(Failure) -> [[UInt8]] {
        let keys = try keys()
        guard skip(end) else { throw failure("a `\(end)` is missing") }
        var path: [[UInt8]] = []
        for (depth, key) in keys.enumerated() {
            path.append(key)
            noteCollection(path, isElement: false)
            if isElement, depth == keys.count - 1 {
                tableCounts[path, default: 0] += 1
            }
            if let count = tableCounts[path] {
                path.append(Array(String(count - 1).utf8))
                noteCollection(path, isElement: true)
            }
        }
        return path
    }

    private mutating func readPair(in table: [[UInt8]], depth: Int) throws(Failure) {
        let keys = try keys()
        guard skip("=") else { throw failure("a `=` is missing") }
        skipBlanks()
        var path = table
        for key in keys.dropLast() {
            path.append(key)
            noteCollection(path, isElement: false)
        }
        try readValue(at: path + [keys[keys.count - 1]], isElement: false, depth: depth)
    }

    private mutating func readValue(at path: [[UInt8]], isElement: Bool, depth: Int) throws(Failure) {
        guard depth < Self.depthLimit else { throw failure("nested too deeply") }
        let start = position
        let line = line
        if skip("[") {
            noteCollection(path, isElement: isElement)
            var index = 0
            try readList(end: "]") { reader throws(Failure) in
                try reader.readValue(at: path + [Array(String(index).utf8)], isElement: true, depth: depth + 1)
                index += 1
            }
        } else if skip("{") {
            noteCollection(path, isElement: isElement)
            try readList(end: "}") { reader throws(Failure) in try reader.readPair(in: path, depth: depth + 1) }
        } else {
            let text = try scalar()
            values.append(
                KeyedValue(
                    path: path, isElement: isElement, line: line, text: text.bytes,
                    range: text.isMultiLine ? nil : start..<position))
        }
    }

    private mutating func readList(
        end: String, _ readElement: (inout Self) throws(Failure) -> Void
    ) throws(Failure) {
        skipSpace(isOverLines: true)
        while !skip(end) {
            try readElement(&self)
            skipSpace(isOverLines: true)
            if skip(",") {
                skipSpace(isOverLines: true)
            } else if position == bytes.count || bytes[position] != end.utf8.first {
                throw failure("a `,` or `\(end)` is missing")
            }
        }
    }

    private mutating func noteCollection(_ path: [[UInt8]], isElement: Bool) {
        guard collections.insert(path).inserted else { return }
        values.append(KeyedValue(path: path, isElement: isElement, line: line, text: nil, range: nil))
    }
}
