/// What an export does, read as its format's own reader would; no more than assignments, one after another.
package struct ExportedText {
    /// The value of each variable that is set; nil for one that is taken away.
    package private(set) var variables: [String: [UInt8]?] = [:]
    private let bytes: [UInt8]
    private var position = 0

    /// Something that is no assignment.
    package struct Surprise: Error {
        package let format: String
        package let offset: Int
    }

    package init(_ bytes: [UInt8], format: String) throws {
        self.bytes = bytes
        while position < bytes.count {
            let start = position
            guard readEntry(format) else { throw Surprise(format: format, offset: start) }
        }
    }

    private mutating func readEntry(_ format: String) -> Bool {
        switch format {
        case "shell", "direnv":
            if take("unset ") { return remove() }
            return take("export ") && assign("=") { $0.shellWord() }
        case "fish":
            if take("set -eg ") { return remove() }
            return take("set -gx ") && assign(" ") { $0.fishWord() }
        case "nu":
            if take("hide-env --ignore-errors ") { return remove() }
            return take("$env.") && assign(" = ") { $0.nuString() }
        case "powershell":
            if take("Remove-Item -ErrorAction Ignore Env:") { return remove() }
            return take("$env:") && assign(" = ") { $0.powershellString() }
        case "dotenv", "env": return assign("=") { $0.dotenvValue() }
        default:
            let name = readName()
            if take("<<") { return set(name, multiline()) }
            return take("=") && set(name, line())
        }
    }

    private mutating func take(_ text: String) -> Bool {
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    private mutating func readName() -> String {
        let start = position
        while position < bytes.count, Self.isPartOfName(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func remove() -> Bool {
        let name = readName()
        guard !name.isEmpty, take("\n") else { return false }
        variables[name] = .some(nil)
        return true
    }

    private mutating func assign(_ separator: String, _ read: (inout ExportedText) -> [UInt8]?) -> Bool {
        let name = readName()
        guard take(separator), let value = read(&self), take("\n") else { return false }
        return set(name, value)
    }

    private mutating func set(_ name: String, _ value: [UInt8]?) -> Bool {
        guard !name.isEmpty, let value else { return false }
        variables[name] = value
        return true
    }

    /// Plain bytes, `'…'` and `\'`, as far as a blank.
    private mutating func shellWord() -> [UInt8]? {
        var value: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
            if take("\\'") {
                value.append(UInt8(ascii: "'"))
            } else if take("'") {
                guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "'")) else { return nil }
                value += bytes[position..<end]
                position = end + 1
            } else {
                guard Self.isPlain(bytes[position]) else { return nil }
                value.append(bytes[position])
                position += 1
            }
        }
        return value
    }

    private mutating func fishWord() -> [UInt8]? {
        guard take("'") else { return shellWord() }
        return quoted("'") { escaped in
            escaped == UInt8(ascii: "'") || escaped == UInt8(ascii: "\\") ? [escaped] : [UInt8(ascii: "\\"), escaped]
        }
    }

    private mutating func nuString() -> [UInt8]? {
        guard take("\"") else { return nil }
        var value: [UInt8] = []
        while position < bytes.count {
            if take("\"") { return value }
            if take("\\u{") {
                guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "}")),
                    let code = UInt8(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16), code < 128
                else { return nil }
                value.append(code)
                position = end + 1
                continue
            }
            if take("\\") {
                guard position < bytes.count, let escape = Self.escapes[bytes[position]] else { return nil }
                value.append(escape)
            } else {
                value.append(bytes[position])
            }
            position += 1
        }
        return nil
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "\""): UInt8(ascii: "\""),
        UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    ]

    /// Every quote of PowerShell's ends a string, unless there are two.
    private mutating func powershellString() -> [UInt8]? {
        guard take("'") else { return nil }
        var value: [UInt8] = []
        while position < bytes.count {
            guard let quote = ["'", "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}"].first(where: { take($0) }) else {
                value.append(bytes[position])
                position += 1
                continue
            }
            if position == bytes.count || bytes[position] == 10 { return quote == "'" ? value : nil }
            guard take(quote) else { return nil }
            value += quote.utf8
        }
        return nil
    }

    private mutating func dotenvValue() -> [UInt8]? {
        if take("'") { return quoted("'") { [UInt8(ascii: "\\"), $0] } }
        guard take("\"") else { return shellWord() }
        return quoted("\"") { $0 == UInt8(ascii: "n") ? [10] : [$0] }
    }

    /// The rest of a string in which a backslash stands for what `meaning` says, together with the byte behind it.
    private mutating func quoted(_ quote: String, _ meaning: (UInt8) -> [UInt8]) -> [UInt8]? {
        var value: [UInt8] = []
        while position < bytes.count {
            if take(quote) { return value }
            if take("\\") {
                guard position < bytes.count else { return nil }
                value += meaning(bytes[position])
            } else {
                value.append(bytes[position])
            }
            position += 1
        }
        return nil
    }

    private mutating func line() -> [UInt8]? {
        guard let end = bytes[position...].firstIndex(of: 10) else { return nil }
        defer { position = end + 1 }
        return bytes[position..<end].contains(13) ? nil : Array(bytes[position..<end])
    }

    /// Lines up to one that is the mark.
    private mutating func multiline() -> [UInt8]? {
        guard let mark = line() else { return nil }
        var lines: [[UInt8]] = []
        while let end = bytes[position...].firstIndex(of: 10) {
            let next = Array(bytes[position..<end])
            position = end + 1
            if next == mark { return Array(lines.joined(separator: [10])) }
            lines.append(next)
        }
        return nil
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// True for what no shell takes for more than itself within a word.
    private static func isPlain(_ byte: UInt8) -> Bool { isPartOfName(byte) || "-./:,+@%=".utf8.contains(byte) }
}
