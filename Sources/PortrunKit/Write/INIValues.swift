import PortrunBase

/// Reads a file of `[sections]` with `key = value` or `key: value` in lines of their own, as Python's configparser does.
///
/// A line that is indented deeper than the key before it goes on with its value. Programs differ in that, and in what `#`
/// and `;` behind a value mean; a value that has them has no range.
struct INIValues {
    private let look: Look
    private var values: [KeyedValue] = []
    private var section: [[UInt8]] = []
    /// The key that lines may go on with, and its value so far.
    private var last: (path: [[UInt8]], line: Int, text: [UInt8], range: Range<Int>?)?

    typealias Failure = KeyedSource.Failure

    static func all(in bytes: [UInt8], _ look: Look = Look()) throws(Failure) -> [KeyedValue] {
        var reader = INIValues(look: look)
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var line = 0
        var keyIndent = 0
        while start < bytes.count {
            line += 1
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            let content = trimmed(bytes[start..<end])
            let indent = content.startIndex - start
            guard look.goesOn(after: 1 + (end - start) / 64, in: "") else { throw reader.endOfLook(line) }
            start = end + 1
            guard let first = content.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") else { continue }
            if reader.last != nil, indent > keyIndent {
                reader.goOn(with: content)
            } else if first == UInt8(ascii: "[") {
                try reader.beginSection(content, line)
            } else {
                keyIndent = indent
                try reader.beginKey(content, line)
            }
        }
        try reader.finishKey()
        return reader.values
    }

    private init(look: Look) { self.look = look }

    private mutating func goOn(with content: ArraySlice<UInt8>) {
        last?.text.append(0x0A)
        last?.text.append(contentsOf: content)
        last?.range = nil
    }

    private mutating func beginSection(_ content: ArraySlice<UInt8>, _ line: Int) throws(Failure) {
        try finishKey()
        guard content.last == UInt8(ascii: "]") else { throw Failure(line: line, problem: "a `]` is missing") }
        section = [Array(Self.trimmed(content.dropFirst().dropLast()))]
        try add(KeyedValue(path: section, isElement: false, line: line, text: nil, range: nil))
    }

    private mutating func beginKey(_ content: ArraySlice<UInt8>, _ line: Int) throws(Failure) {
        try finishKey()
        let separator = content.firstIndex { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }
        // A key alone is one without a value.
        let key = Array(Self.trimmed(content[..<(separator ?? content.endIndex)]))
        let value = separator.map { Self.trimmed(content[($0 + 1)...]) }
        let isCertain = value.map { !$0.isEmpty && !Self.hasCommentMark($0) } ?? false
        last = (
            section + [key], line, value.map(Self.unquoted) ?? [],
            isCertain ? value.map { $0.startIndex..<$0.endIndex } : nil
        )
    }

    private mutating func finishKey() throws(Failure) {
        guard let key = last else { return }
        last = nil
        try add(KeyedValue(path: key.path, isElement: false, line: key.line, text: key.text, range: key.range))
    }

    private mutating func add(_ value: KeyedValue) throws(Failure) {
        guard look.admits(value) else { throw endOfLook(value.line) }
        values.append(value)
    }

    private func endOfLook(_ line: Int) -> Failure { Failure(line: line, problem: look.end?.message ?? "") }

    private static func unquoted(_ value: ArraySlice<UInt8>) -> [UInt8] {
        guard value.count > 1, let quote = value.first, quote == value.last,
            quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
        else { return Array(value) }
        return Array(value.dropFirst().dropLast())
    }

    private static func hasCommentMark(_ value: ArraySlice<UInt8>) -> Bool {
        value.contains { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: ";") }
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        while let first = text.first, isBlank(first) { text.removeFirst() }
        while let last = text.last, isBlank(last) || last == 0x0D { text.removeLast() }
        return text
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
