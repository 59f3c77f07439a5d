import PortrunBase
import PortrunCompose

/// An env file as it stands on disk, in which single values are replaced.
package struct DotenvSource {
    package private(set) var bytes: [UInt8]
    private let look: Look

    /// The problem, and the line that has it, counted from 1.
    package struct Failure: Error, Equatable {
        package let line: Int
        package let problem: String
    }

    /// - Parameter look: limits each reading of the text, and the time of all.
    package init(_ bytes: [UInt8], _ look: Look = Look()) throws(Failure) {
        self.bytes = bytes
        self.look = look
        _ = try Self.values(of: bytes, look)
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
        var expected = try Self.values(of: bytes, look)
        expected[name] = value
        guard let found = try? Self.values(of: changed, look), found == expected else {
            if let end = look.end { throw Failure(line: 1, problem: end.message) }
            return false
        }
        bytes = changed
        return true
    }

    /// `bytes` with other numbers where values name ports that have moved, as a launch changes them, and the services
    /// whose ports these are; every other byte stays.
    ///
    /// - Returns: nil when the look is over.
    static func following(
        _ rules: PortRules, in bytes: [UInt8], of path: String, _ look: Look
    ) -> (bytes: [UInt8], services: [ServiceName])? {
        let source = DotenvSource(unread: bytes)
        var statements: [(name: String, value: Range<Int>)] = []
        /// Where the value of a host that a port may be of stands last.
        var hosts: [ExactString: Range<Int>] = [:]
        source.forEachStatement { key, value in
            guard look.spend(1, of: .variables, in: path) else { return }
            let isQuoted = value.count > 1 && [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(bytes[value.lowerBound])
            let inside = isQuoted ? (value.lowerBound + 1)..<(value.upperBound - 1) : value
            let name = String(decoding: bytes[key], as: UTF8.self)
            statements.append((name, inside))
            if hostEndings.contains(where: name.hasSuffix) { hosts[name] = inside }
        }
        guard look.end == nil else { return nil }
        var result: [UInt8] = []
        var services: [ServiceName] = []
        var copied = 0
        for (name, value) in statements {
            let rewrite = ValueRewrite(of: bytes[value], named: name, rules) {
                guard name.hasSuffix("_PORT") else { return false }
                let values = hostEndings.compactMap { hosts[String(name.dropLast(5)) + $0] }
                guard let host = values.max(by: { $0.lowerBound < $1.lowerBound }), !host.isEmpty else { return false }
                return !LocalHost.isMeant(by: LocalHost.host(in: bytes[host]))
            }
            guard !rewrite.edits.isEmpty else { continue }
            result += bytes[copied..<value.lowerBound]
            result += rewrite.bytes
            copied = value.upperBound
            for edit in rewrite.edits where !services.contains(edit.service) { services.append(edit.service) }
        }
        return (result + bytes[copied...], services)
    }

    private static let hostEndings = ["_HOST", "_HOSTNAME"]

    private init(unread bytes: [UInt8]) {
        self.bytes = bytes
        look = Look()
    }

    private func forEachStatement(_ body: (_ key: Range<Int>, _ value: Range<Int>) -> Void) {
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < bytes.count {
            guard let (key, value) = statement(at: start) else {
                start = endOfLine(from: start) + 1
                continue
            }
            body(key, value)
            start = endOfLine(from: value.upperBound) + 1
        }
    }

    /// The place of the last value of `name`, with its quotes and without the comment after it.
    private func range(ofValueOf name: String) -> Range<Int>? {
        var found: Range<Int>?
        forEachStatement { key, value in if String(decoding: bytes[key], as: UTF8.self) == name { found = value } }
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
    private static func values(of bytes: [UInt8], _ look: Look) throws(Failure) -> [ExactString: String] {
        look.recount()
        let values: [ExactString: String]
        do throws(ComposeFailure) {
            values = try DotenvParser(bytes, look) { name in "$\(name)" }.values
        } catch {
            throw Failure(line: error.line, problem: look.end?.message ?? error.problem.message)
        }
        guard look.goesOn(after: bytes.count / 64, in: "") else {
            throw Failure(line: 1, problem: look.end?.message ?? "")
        }
        return values
    }
}
