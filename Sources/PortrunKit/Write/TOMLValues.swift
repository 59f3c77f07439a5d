import PortrunBase

/// Reads a TOML document (https://toml.io/en/v1.0.0), and notes where each value stands.
///
/// What the language forbids only for the whole, as a key that is there twice, is not looked for.
struct TOMLValues {
    let bytes: [UInt8]
    var position = 0
    private let look: Look
    private var values: [KeyedValue] = []
    /// The tables and lists that there are, each at its number; the first is the document.
    private var tables = [Table(number: 0, path: [])]
    private var numbers: [Step: Int] = [:]
    /// How many tables each array of tables has so far, by its number.
    private var tableCounts: [Int: Int] = [:]
    /// The line that the byte before `end` is in.
    private var counted = (end: 0, line: 1)

    typealias Failure = KeyedSource.Failure

    private struct Table {
        let number: Int
        let path: [[UInt8]]
    }

    /// From a table to what it has under a key. A way in whole would take longer the deeper it is.
    private struct Step: Hashable {
        let table: Int
        let key: [UInt8]
    }

    /// A longer way to a value is refused, as nesting would exhaust the stack.
    static let depthLimit = 200

    static func all(in bytes: [UInt8], _ look: Look = Look()) throws(Failure) -> [KeyedValue] {
        var reader = TOMLValues(bytes, look)
        try reader.readDocument()
        return reader.values
    }

    private init(_ bytes: [UInt8], _ look: Look) {
        self.bytes = bytes
        self.look = look
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    private mutating func readDocument() throws(Failure) {
        var table = tables[0]
        while true {
            let start = position
            skipSpace(isOverLines: true)
            guard position < bytes.count else { return }
            if skip("[[") {
                table = try header(end: "]]", isElement: true)
            } else if skip("[") {
                table = try header(end: "]", isElement: false)
            } else {
                try readPair(in: table)
            }
            skipSpace(isOverLines: false)
            guard position == bytes.count || bytes[position] == 0x0A else {
                throw failure("something behind the end of the value")
            }
            guard look.goesOn(after: 1 + (position - start) / 64, in: "") else { throw endOfLook }
        }
    }

    /// The table that begins.
    private mutating func header(end: String, isElement: Bool) throws(Failure) -> Table {
        let keys = try keys()
        guard skip(end) else { throw failure("a `\(end)` is missing") }
        var table = tables[0]
        for (depth, key) in keys.enumerated() {
            table = try self.table(key, in: table)
            if isElement, depth == keys.count - 1 { tableCounts[table.number, default: 0] += 1 }
            if let count = tableCounts[table.number] {
                table = try self.table(Array(String(count - 1).utf8), in: table, isElement: true)
            }
        }
        return table
    }

    private mutating func readPair(in table: Table) throws(Failure) {
        let keys = try keys()
        guard skip("=") else { throw failure("a `=` is missing") }
        skipBlanks()
        var table = table
        for key in keys.dropLast() { table = try self.table(key, in: table) }
        try readValue(keys[keys.count - 1], in: table, isElement: false)
    }

    private mutating func readValue(_ key: [UInt8], in table: Table, isElement: Bool) throws(Failure) {
        let start = position
        if skip("[") {
            let list = try self.table(key, in: table, isElement: isElement)
            var index = 0
            try readList(end: "]") { reader throws(Failure) in
                try reader.readValue(Array(String(index).utf8), in: list, isElement: true)
                index += 1
            }
        } else if skip("{") {
            let pairs = try self.table(key, in: table, isElement: isElement)
            try readList(end: "}") { reader throws(Failure) in try reader.readPair(in: pairs) }
        } else {
            let line = countedLine()
            let text = try scalar()
            try add(
                KeyedValue(
                    path: table.path + [key], isElement: isElement, line: line, text: text.bytes,
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

    /// The table or list that `parent` has under `key`, noted when it is met for the first time.
    private mutating func table(
        _ key: [UInt8], in parent: Table, isElement: Bool = false
    ) throws(Failure) -> Table {
        let step = Step(table: parent.number, key: key)
        if let number = numbers[step] { return tables[number] }
        guard parent.path.count < Self.depthLimit else { throw failure("nested too deeply") }
        let table = Table(number: tables.count, path: parent.path + [key])
        numbers[step] = table.number
        tables.append(table)
        try add(KeyedValue(path: table.path, isElement: isElement, line: countedLine(), text: nil, range: nil))
        return table
    }

    private mutating func add(_ value: KeyedValue) throws(Failure) {
        guard look.admits(value) else { throw endOfLook }
        values.append(value)
    }

    private var endOfLook: Failure { failure(look.end?.message ?? "") }

    /// The line of `position`, which is never before the one that was asked about last.
    private mutating func countedLine() -> Int {
        let end = min(position, bytes.count)
        counted.line += bytes[counted.end..<end].count { $0 == 0x0A }
        counted.end = end
        return counted.line
    }
}
