import PortrunBase

/// Reads a JSON document strictly, and notes where each value stands.
struct JSONSourceParser {
    private let bytes: [UInt8]
    private let allowsComments: Bool
    private var position = 0
    private let look: Look

    /// Deeper nesting is refused, as it would exhaust the stack.
    private static let depthLimit = 200

    private init(_ bytes: [UInt8], allowsComments: Bool, _ look: Look) {
        self.bytes = bytes
        self.look = look
        self.allowsComments = allowsComments
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    static func root(
        of bytes: [UInt8], allowsComments: Bool, _ look: Look
    ) throws(JSONSource.Failure) -> JSONSource.Node {
        look.recount()
        var parser = JSONSourceParser(bytes, allowsComments: allowsComments, look)
        try parser.skipSpace()
        let root = try parser.value(depth: 0)
        try parser.skipSpace()
        if parser.position < bytes.count { throw parser.failure("something behind the end of the document") }
        guard look.goesOn(after: bytes.count / 64, in: "") else { throw parser.failure(look.end?.message ?? "") }
        return root
    }

    private mutating func value(depth: Int) throws(JSONSource.Failure) -> JSONSource.Node {
        guard depth < Self.depthLimit else { throw failure("nested too deeply") }
        guard look.spend(1, of: .values, in: "") else { throw failure(look.end?.message ?? "") }
        let start = position
        let kind: JSONSource.Kind
        switch current ?? 0 {
        case UInt8(ascii: "{"): kind = .object(try members(depth: depth))
        case UInt8(ascii: "["): kind = .array(try elements(depth: depth))
        case UInt8(ascii: "\""):
            _ = try string()
            kind = .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try number()
            kind = .other
        default:
            guard skip("true") || skip("false") || skip("null") else { throw failure("a value is missing") }
            kind = .other
        }
        return JSONSource.Node(range: start..<position, kind: kind)
    }

    private mutating func members(depth: Int) throws(JSONSource.Failure) -> [JSONSource.Member] {
        var members: [JSONSource.Member] = []
        position += 1
        try skipSpace()
        while !skip("}") {
            let start = position
            guard current == UInt8(ascii: "\"") else { throw failure("a key in double quotes or `}` is missing") }
            let key = try string()
            let keyRange = start..<position
            try skipSpace()
            guard skip(":") else { throw failure("a `:` is missing") }
            try skipSpace()
            members.append(JSONSource.Member(key: key, keyRange: keyRange, value: try value(depth: depth + 1)))
            try skipComma(before: "}")
        }
        return members
    }

    private mutating func elements(depth: Int) throws(JSONSource.Failure) -> [JSONSource.Node] {
        var elements: [JSONSource.Node] = []
        position += 1
        try skipSpace()
        while !skip("]") {
            elements.append(try value(depth: depth + 1))
            try skipComma(before: "]")
        }
        return elements
    }

    private mutating func skipComma(before end: Unicode.Scalar) throws(JSONSource.Failure) {
        try skipSpace()
        if current == UInt8(ascii: end) { return }
        guard skip(",") else { throw failure("a `,` or `\(end)` is missing") }
        try skipSpace()
        if current == UInt8(ascii: end), !allowsComments { throw failure("a `,` stands before `\(end)`") }
    }

    private mutating func string() throws(JSONSource.Failure) -> String {
        let start = position
        position += 1
        while let byte = current, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw failure("a control character stands in a string") }
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        guard skip("\"") else { throw failure("a string does not end") }
        guard case .string(let text) = JSONParser.value(of: bytes[start..<position]) else {
            throw failure("a string has an unknown escape")
        }
        return text
    }

    private mutating func number() throws(JSONSource.Failure) {
        _ = skip("-")
        let isZero = skip("0")
        guard isZero || skipDigits() else { throw failure("a number has no digits") }
        if skip(".") { guard skipDigits() else { throw failure("a number has no digits behind `.`") } }
        if skip("e") || skip("E") {
            _ = skip("+") || skip("-")
            guard skipDigits() else { throw failure("a number has no digits in its exponent") }
        }
    }

    private mutating func skipDigits() -> Bool {
        let start = position
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position > start
    }

    private mutating func skipSpace() throws(JSONSource.Failure) {
        while let byte = current {
            if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
                position += 1
            } else if allowsComments, skip("//") {
                while let byte = current, byte != 0x0A { position += 1 }
            } else if allowsComments, skip("/*") {
                while !skip("*/") {
                    guard position < bytes.count else { throw failure("a comment does not end") }
                    position += 1
                }
            } else {
                return
            }
        }
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skip(_ word: String) -> Bool {
        guard position <= bytes.count, bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private func failure(_ problem: String) -> JSONSource.Failure {
        let end = min(position, bytes.count)
        return JSONSource.Failure(line: 1 + bytes[..<end].count { $0 == 0x0A }, problem: problem)
    }
}
