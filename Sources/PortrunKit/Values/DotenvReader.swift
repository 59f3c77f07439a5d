import PortrunBase

/// Reads an env file as the dotenv libraries of programs do, which is not compose's way.
///
/// The readings of dotenv 16 for node (`lib/main.js`, the expression `LINE`) and of python-dotenv 1 (`parser.py`) are
/// the same for nearly all lines in use. Where they differ, the value is node's and marked as disputed. A line that is
/// none is skipped, as there.
struct DotenvReader {
    private let bytes: [UInt8]
    private let path: String
    private let look: Look
    private var position = 0
    private var line = 1
    private(set) var variables: [EnvFileVariable] = []

    private static let newline = UInt8(ascii: "\n")
    private static let backslash = UInt8(ascii: "\\")

    /// - Parameter look: what the variables are taken from.
    init(_ text: [UInt8], path: String, _ look: Look = Look()) {
        bytes = Self.withPlainNewlines(text)
        self.path = path
        self.look = look
        while position < bytes.count {
            let start = position
            readLine()
            guard look.goesOn(after: 1 + (position - start) / 64, in: path) else { break }
        }
    }

    /// Without carriage returns and byte order mark.
    private static func withPlainNewlines(_ text: [UInt8]) -> [UInt8] {
        let start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var result: [UInt8] = []
        for index in start..<text.count {
            if text[index] != UInt8(ascii: "\r") {
                result.append(text[index])
            } else if index + 1 == text.count || text[index + 1] != newline {
                result.append(newline)
            }
        }
        return result
    }

    /// Reads a line, or several when quotes span them, to the start of the next.
    private mutating func readLine() {
        let startLine = line
        skipBlanks()
        let name = readName()
        skipBlanks()
        let separator = position < bytes.count ? bytes[position] : Self.newline
        // `NAME: value` is node's alone.
        let isColon =
            separator == UInt8(ascii: ":") && position + 1 < bytes.count && Self.isBlank(bytes[position + 1])
        guard !name.isEmpty, separator == UInt8(ascii: "=") || isColon else { return skipLine() }
        position += 1
        skipBlanks()
        var (value, isDisputed) = readQuoted() ?? readPlain()
        if isColon { isDisputed = true }
        skipLine()
        guard look.spend(1, of: .variables, in: path) else { return }
        variables.append(
            EnvFileVariable(name: name, value: value, path: path, line: startLine, isDisputed: isDisputed))
    }

    private mutating func readName() -> String {
        var name = readWord()
        if name.elementsEqual("export".utf8), position < bytes.count, Self.isBlank(bytes[position]) {
            skipBlanks()
            let exported = readWord()
            if !exported.isEmpty { name = exported }
        }
        return String(decoding: name, as: UTF8.self)
    }

    private mutating func readWord() -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, Self.isPartOfName(bytes[position]) { position += 1 }
        return bytes[start..<position]
    }

    /// The value between the quotes that start here; nil when there are none, or more than a comment follows them.
    private mutating func readQuoted() -> (value: [UInt8], isDisputed: Bool)? {
        guard position < bytes.count else { return nil }
        let quote = bytes[position]
        let isDouble = quote == UInt8(ascii: "\"")
        let isTick = quote == UInt8(ascii: "`")
        guard isDouble || isTick || quote == UInt8(ascii: "'") else { return nil }
        var value: [UInt8] = []
        var isDisputed = isTick
        var lines = 0
        var index = position + 1
        while index < bytes.count, bytes[index] != quote {
            let byte = bytes[index]
            index += 1
            if byte == Self.newline { lines += 1 }
            guard byte == Self.backslash, index < bytes.count else {
                value.append(byte)
                continue
            }
            let escaped = bytes[index]
            if isDouble, escaped == UInt8(ascii: "n") {
                value.append(Self.newline)
                index += 1
            } else if isDouble, escaped == UInt8(ascii: "r") {
                value.append(UInt8(ascii: "\r"))
                index += 1
            } else {
                value.append(byte)
                if escaped == quote {
                    value.append(escaped)
                    index += 1
                    isDisputed = true
                } else if Self.isEscape(escaped, isDouble: isDouble) {
                    isDisputed = true
                }
            }
        }
        guard index < bytes.count else { return nil }
        var end = index + 1
        while end < bytes.count, Self.isBlank(bytes[end]) { end += 1 }
        guard end == bytes.count || bytes[end] == Self.newline || bytes[end] == UInt8(ascii: "#") else { return nil }
        position = end
        line += lines
        return (value, isDisputed)
    }

    /// True for a byte that python-dotenv takes for an escape and node's dotenv does not.
    private static func isEscape(_ byte: UInt8, isDouble: Bool) -> Bool {
        switch byte {
        case backslash, UInt8(ascii: "'"): true
        case UInt8(ascii: "\""), UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "t"),
            UInt8(ascii: "v"):
            isDouble
        default: false
        }
    }

    /// The rest of the line up to a comment, which for python-dotenv needs a space before it.
    private func readPlain() -> (value: [UInt8], isDisputed: Bool) {
        var end = position
        while end < bytes.count, bytes[end] != Self.newline, bytes[end] != UInt8(ascii: "#") { end += 1 }
        let isComment = end < bytes.count && bytes[end] == UInt8(ascii: "#")
        var isDisputed = isComment && (end == position || !Self.isBlank(bytes[end - 1]))
        while end > position, Self.isBlank(bytes[end - 1]) { end -= 1 }
        // A quote without its other half, or with more behind it.
        if end > position, [UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`")].contains(bytes[position]) {
            isDisputed = true
        }
        return (Array(bytes[position..<end]), isDisputed)
    }

    private mutating func skipBlanks() {
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != Self.newline { position += 1 }
        if position < bytes.count { line += 1 }
        position += 1
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 0x0B || byte == 0x0C
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
