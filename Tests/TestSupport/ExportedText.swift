import PortrunBase

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

    private mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        let isHere = bytes.withUnsafeBytes { buffer in
            buffer.count - position >= count && memcmp(buffer.baseAddress! + position, text.utf8Start, count) == 0
        }
        if isHere { position += count }
        return isHere
    }

    /// The byte here, which is taken.
    private mutating func next() -> UInt8? {
        guard position < bytes.count else { return nil }
        position += 1
        return bytes[position - 1]
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

    private mutating func assign(_ separator: StaticString, _ read: (inout ExportedText) -> [UInt8]?) -> Bool {
        let name = readName()
        guard take(separator), let value = read(&self), take("\n") else { return false }
        return set(name, value)
    }

    private mutating func set(_ name: String, _ value: [UInt8]?) -> Bool {
        guard !name.isEmpty, let value else { return false }
        variables[name] = value
        return true
    }

    /// Plain bytes, `'…'` and `\'`, as far as the end of the line.
    private mutating func shellWord() -> [UInt8]? {
        var value: [UInt8] = []
        while let byte = next() {
            switch byte {
            case UInt8(ascii: "\n"):
                position -= 1
                return value
            case UInt8(ascii: "\\"):
                guard take("'") else { return nil }
                value.append(UInt8(ascii: "'"))
            case UInt8(ascii: "'"):
                while let quoted = next(), quoted != UInt8(ascii: "'") { value.append(quoted) }
            default:
                guard Self.isPlain(byte) else { return nil }
                value.append(byte)
            }
        }
        return nil
    }

    private mutating func fishWord() -> [UInt8]? {
        guard take("'") else { return shellWord() }
        return quoted(UInt8(ascii: "'")) { escaped in
            escaped == UInt8(ascii: "'") || escaped == UInt8(ascii: "\\") ? [escaped] : [UInt8(ascii: "\\"), escaped]
        }
    }

    private mutating func nuString() -> [UInt8]? {
        guard take("\"") else { return nil }
        var value: [UInt8] = []
        while let byte = next() {
            if byte == UInt8(ascii: "\"") { return value }
            guard byte == UInt8(ascii: "\\") else {
                value.append(byte)
                continue
            }
            if take("u{") {
                var digits: [UInt8] = []
                while let digit = next(), digit != UInt8(ascii: "}") { digits.append(digit) }
                guard let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16), code < 128 else {
                    return nil
                }
                value.append(code)
            } else {
                guard let escape = next().flatMap({ Self.escapes[$0] }) else { return nil }
                value.append(escape)
            }
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
            if take("\u{2018}\u{2018}") || take("\u{2019}\u{2019}") || take("\u{201A}\u{201A}")
                || take("\u{201B}\u{201B}")
            {
                value += bytes[position - 3..<position]
            } else if take("''") {
                value.append(UInt8(ascii: "'"))
            } else if take("'") {
                return value
            } else if take("\u{2018}") || take("\u{2019}") || take("\u{201A}") || take("\u{201B}") {
                return nil
            } else if let byte = next() {
                value.append(byte)
            }
        }
        return nil
    }

    private mutating func dotenvValue() -> [UInt8]? {
        if take("'") { return quoted(UInt8(ascii: "'")) { [UInt8(ascii: "\\"), $0] } }
        guard take("\"") else { return shellWord() }
        return quoted(UInt8(ascii: "\"")) { $0 == UInt8(ascii: "n") ? [10] : [$0] }
    }

    /// The rest of a string in which a backslash stands for what `meaning` says, together with the byte behind it.
    private mutating func quoted(_ quote: UInt8, _ meaning: (UInt8) -> [UInt8]) -> [UInt8]? {
        var value: [UInt8] = []
        while let byte = next() {
            if byte == quote { return value }
            guard byte == UInt8(ascii: "\\") else {
                value.append(byte)
                continue
            }
            guard let escaped = next() else { return nil }
            value += meaning(escaped)
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
