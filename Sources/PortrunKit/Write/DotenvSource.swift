import PortrunBase
import PortrunCompose

/// An env file as it stands on disk, in which single values are replaced.
package struct DotenvSource {
    package private(set) var bytes: [UInt8]

    /// The problem, and the line that has it, counted from 1.
    package struct Failure: Error, Equatable {
        package let line: Int
        package let problem: String
    }

    package init(_ bytes: [UInt8]) throws(Failure) {
        self.bytes = bytes
        _ = try Self.values(of: bytes)
    }

    /// Sets `name`, where it was set last, else in a line at the end; every other byte stays.
    ///
    /// A value keeps its quotes when they do for the new one too.
    /// - Returns: false when nothing was changed, because that would change other variables or not reach this one.
    package mutating func set(_ name: String, to value: String) throws(Failure) -> Bool {
        var changed = bytes
        if let range = range(ofValueOf: name) {
            let old = bytes[range]
            let quote =
                old.count > 1 && (old.first == UInt8(ascii: "'") || old.first == UInt8(ascii: "\"")) ? old.first : nil
            let text = ExportFormat.dotenvQuoted(value)
            let isPlain = text == value
            let mark = isPlain ? quote.map { String(UnicodeScalar($0)) } ?? "" : ""
            changed.replaceSubrange(range, with: Array((mark + text + mark).utf8))
        } else {
            let lineBreak = bytes.firstIndex(of: 0x0A).map { $0 > 0 && bytes[$0 - 1] == 0x0D } ?? false ? "\r\n" : "\n"
            if let last = bytes.last, last != 0x0A { changed += Array(lineBreak.utf8) }
            changed += Array("\(name)=\(ExportFormat.dotenvQuoted(value))\(lineBreak)".utf8)
        }
        var expected = try Self.values(of: bytes)
        expected[name] = value
        guard let found = try? Self.values(of: changed), found == expected else { return false }
        bytes = changed
        return true
    }

    /// The place of the last value of `name`, with its quotes and without the comment after it.
    private func range(ofValueOf name: String) -> Range<Int>? {
        var found: Range<Int>?
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < bytes.count {
            guard let (key, value) = statement(at: start) else {
                start = endOfLine(from: start) + 1
                continue
            }
            if String(decoding: bytes[key], as: UTF8.self) == name { found = value }
            start = endOfLine(from: value.upperBound) + 1
        }
        return found
    }

    /// The name and the value of the line that starts at `start`; nil for one without.
    private func statement(at start: Int) -> (key: Range<Int>, value: Range<Int>)? {
        var position = skipBlanks(from: start)
        let export = "export".utf8
        if bytes[position...].starts(with: export) {
            let end = skipBlanks(from: position + export.count)
            if end > position + export.count { position = end }
        }
        let key = position..<(bytes[position...].firstIndex { !Self.isNamePart($0) } ?? bytes.count)
        position = skipBlanks(from: key.upperBound)
        guard !key.isEmpty, position < bytes.count, [UInt8(ascii: "="), UInt8(ascii: ":")].contains(bytes[position])
        else { return nil }
        position = skipBlanks(from: position + 1)
        guard position < bytes.count else { return (key, position..<position) }
        let quote = bytes[position]
        if quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
            var end = position + 1
            while end < bytes.count, bytes[end] != quote { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
            return (key, position..<min(end + 1, bytes.count))
        }
        var end = endOfLine(from: position)
        if let comment = (position..<end).first(where: {
            bytes[$0] == UInt8(ascii: "#") && $0 > position && Self.isBlank(bytes[$0 - 1])
        }) {
            end = comment
        }
        while end > position, Self.isBlank(bytes[end - 1]) || bytes[end - 1] == 0x0D { end -= 1 }
        return (key, position..<end)
    }

    private func skipBlanks(from start: Int) -> Int {
        var position = start
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
        return position
    }

    private func endOfLine(from start: Int) -> Int {
        bytes[min(start, bytes.count)...].firstIndex(of: 0x0A) ?? bytes.count
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// The values that compose reads. A variable from elsewhere gets some value: it may be one that is required.
    private static func values(of bytes: [UInt8]) throws(Failure) -> [ExactString: String] {
        let look = Look()
        do throws(ComposeFailure) {
            return try DotenvParser(bytes, look) { name in "$\(name)" }.values
        } catch {
            throw Failure(line: error.line, problem: look.end?.message ?? error.problem.message)
        }
    }
}
