import PortrunBase

/// Reads a file of `[sections]` with `key = value` or `key: value` in lines of their own, as Python's configparser does.
///
/// A line that is indented deeper than the key before it goes on with its value. Programs differ in that, and in what `#`
/// and `;` behind a value mean; a value that has them has no range.
enum INIValues {
    static func all(in bytes: [UInt8]) throws(KeyedSource.Failure) -> [KeyedValue] {
        var values: [KeyedValue] = []
        var section: [[UInt8]] = []
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var line = 0
        var keyIndent = 0
        while start < bytes.count {
            line += 1
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            let content = trimmed(bytes[start..<end])
            defer { start = end + 1 }
            guard let first = content.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") else { continue }
            let indent = content.startIndex - start
            if let last = values.last, let text = last.text, indent > keyIndent {
                values[values.count - 1] = KeyedValue(
                    path: last.path, isElement: false, line: last.line, text: text + [0x0A] + content, range: nil)
            } else if first == UInt8(ascii: "[") {
                guard content.last == UInt8(ascii: "]") else {
                    throw KeyedSource.Failure(line: line, problem: "a `]` is missing")
                }
                section = [Array(trimmed(content.dropFirst().dropLast()))]
                values.append(KeyedValue(path: section, isElement: false, line: line, text: nil, range: nil))
            } else {
                keyIndent = indent
                let separator = content.firstIndex { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }
                // A key alone is one without a value.
                let key = Array(trimmed(content[..<(separator ?? content.endIndex)]))
                let value = separator.map { trimmed(content[($0 + 1)...]) }
                let isCertain = value.map { !$0.isEmpty && !hasCommentMark($0) } ?? false
                values.append(
                    KeyedValue(
                        path: section + [key], isElement: false, line: line, text: value.map(unquoted) ?? [],
                        range: isCertain ? value.map { $0.startIndex..<$0.endIndex } : nil))
            }
        }
        return values
    }

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
