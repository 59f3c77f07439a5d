import PortrunBase

/// Finds a number in an object literal of a JavaScript or TypeScript module, without running it.
///
/// It knows strings, templates, comments, brackets and `key: value`, and nothing of what the code means. A number
/// counts only under exactly the keys asked for, so that `plugins: [proxy({ server: { port: 1 } })]` is none, and only
/// if every place that has those keys says the same one.
struct ModuleObjectReader {
    private let bytes: [UInt8]
    private var position = 0
    /// For each open bracket the key whose value it is; nil for one that is no key's.
    private var open: [Key?] = []

    private static let depthLimit = 100

    private struct Key {
        let name: [UInt8]
    }

    private struct Token {
        enum Kind { case word, string, number, mark }
        let kind: Kind
        let text: ArraySlice<UInt8>

        func isMark(_ mark: Character) -> Bool { kind == .mark && text.first == mark.asciiValue }
    }

    /// - Returns: the number and its line, counted from 1; nil for none, or several that differ.
    static func number(at keys: [String], in bytes: [UInt8]) -> (number: Int, line: Int)? {
        var reader = ModuleObjectReader(bytes: bytes)
        return reader.find(keys.map { Array($0.utf8) })
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func find(_ keys: [[UInt8]]) -> (number: Int, line: Int)? {
        var found: (number: Int, line: Int)?
        var last: Token?
        /// The key before a colon, until its value begins.
        var key: Key?
        /// The tokens of the value that is looked for, and the brackets around it.
        var value: (tokens: [Token], depth: Int, start: Int)?
        /// True where a `:` would be a conditional's.
        var isConditional = false
        while let token = next(after: last) {
            if let current = value {
                let isEnd =
                    open.count == current.depth
                    && (token.isMark(",") || token.isMark("}") || token.isMark(";"))
                if isEnd {
                    value = nil
                    guard let number = Self.number(of: current.tokens) else { return nil }
                    if let found, found.number != number { return nil }
                    if found == nil { found = (number, bytes.lineNumber(at: current.start)) }
                } else {
                    value?.tokens.append(token)
                }
            }
            if token.isMark("{") || token.isMark("[") || token.isMark("(") {
                // More is nobody's configuration, and each key is compared to all that is open.
                guard open.count < Self.depthLimit else { return nil }
                open.append(key)
            } else if token.isMark("}") || token.isMark("]") || token.isMark(")") {
                if open.isEmpty { return nil }
                open.removeLast()
            }
            if token.isMark(":"), !isConditional, let last, last.kind == .word || last.kind == .string {
                key = Key(name: Array(last.text))
                if value == nil, isPath(to: key!, keys) { value = ([], open.count, token.text.startIndex) }
            } else {
                key = nil
            }
            if token.isMark("?") {
                isConditional = true
            } else if token.isMark(":") || token.isMark(",") || token.isMark("{") || token.isMark(";") {
                isConditional = false
            }
            last = token
        }
        return found
    }

    /// Whether `key` is the last of `keys`, and the keys of the brackets around it are the others.
    private func isPath(to key: Key, _ keys: [[UInt8]]) -> Bool {
        guard key.name == keys.last else { return false }
        var outer = keys.dropLast()
        for bracket in open {
            guard let bracket else { continue }
            guard bracket.name == outer.first else { return false }
            outer = outer.dropFirst()
        }
        return outer.isEmpty
    }

    /// `3000`, `Number(process.env.PORT) || 3000`, `process.env.PORT ?? 3000`, `parseInt(process.env.PORT || '3000', 10)`.
    private static func number(of tokens: [Token]) -> Int? {
        var number: Int?
        var isAlternative = false
        for token in tokens {
            switch token.kind {
            case .mark where token.isMark("|") || token.isMark("?"): isAlternative = true
            case .number, .string:
                guard let value = Int(String(decoding: token.text, as: UTF8.self)) else { return nil }
                // The base of `parseInt`.
                if number != nil, value == 10 { continue }
                guard number == nil, tokens.count == 1 || isAlternative else { return nil }
                number = value
            // A conditional has more than one answer.
            case .mark where token.isMark(":"): return nil
            case .word, .mark: continue
            }
        }
        return number
    }

    private mutating func next(after last: Token?) -> Token? {
        while position < bytes.count {
            let start = position
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): continue
            case UInt8(ascii: "/") where peek == UInt8(ascii: "/"): skip { $0 != UInt8(ascii: "\n") }
            case UInt8(ascii: "/") where peek == UInt8(ascii: "*"): skipComment()
            // Behind a value it divides; anywhere else it begins a regular expression.
            case UInt8(ascii: "/") where last.map({ $0.kind == .mark && !$0.isMark(")") && !$0.isMark("]") }) ?? true:
                skipExpression()
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                skipString(to: byte)
                return Token(kind: .string, text: bytes[(start + 1)..<max(start + 1, position - 1)])
            case UInt8(ascii: "`"):
                skipString(to: byte)
                return Token(kind: .word, text: bytes[start..<position])
            case _ where Self.isWord(byte):
                skip(while: Self.isWord)
                let isNumber = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                return Token(kind: isNumber ? .number : .word, text: bytes[start..<position])
            default: return Token(kind: .mark, text: bytes[start..<position])
            }
        }
        return nil
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
            true
        default: false
        }
    }

    private mutating func skip(while isPart: (UInt8) -> Bool) {
        while let byte = peek, isPart(byte) { position += 1 }
    }

    private mutating func skipComment() {
        position += 1
        while position < bytes.count {
            position += 1
            if bytes[position - 1] == UInt8(ascii: "*"), peek == UInt8(ascii: "/") {
                position += 1
                return
            }
        }
    }

    /// What a template inserts is skipped with it: no number that is looked for stands there.
    private mutating func skipString(to quote: UInt8) {
        while let byte = peek {
            position += 1
            if byte == UInt8(ascii: "\\") { position += 1 }
            if byte == quote { return }
        }
    }

    private mutating func skipExpression() {
        var isClass = false
        while let byte = peek, byte != UInt8(ascii: "\n") {
            position += 1
            switch byte {
            case UInt8(ascii: "\\"): position += 1
            case UInt8(ascii: "["): isClass = true
            case UInt8(ascii: "]"): isClass = false
            case UInt8(ascii: "/") where !isClass: return
            default: continue
            }
        }
    }
}
