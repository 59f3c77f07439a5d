/// Reads the syntax of git configuration files (git-config(1), «Syntax»; config.c, git_parse_source).
struct GitConfigParser {
    /// The file is not well-formed: git would refuse it.
    struct SyntaxError: Error, Equatable {}

    private var rest: ArraySlice<UInt8>
    private var section = ""
    private var subsection: String?

    /// The variables of a file in their order, include directives among them.
    static func entries(of content: [UInt8]) throws(SyntaxError) -> [GitConfigEntry] {
        var parser = GitConfigParser(rest: content[...])
        if content.starts(with: [0xEF, 0xBB, 0xBF]) { parser.rest.removeFirst(3) }
        var entries: [GitConfigEntry] = []
        while let byte = parser.next() {
            switch byte {
            case UInt8(ascii: "["): try parser.parseSection()
            case UInt8(ascii: "#"), UInt8(ascii: ";"): parser.skipLine()
            case let byte where byte.isSpace: continue
            case let byte where byte.isLetter: entries.append(try parser.parseVariable(startingWith: byte))
            default: throw SyntaxError()
            }
        }
        return entries
    }

    /// The next byte, a carriage return before a line feed left out; nil at the end.
    private mutating func next() -> UInt8? {
        guard let byte = rest.popFirst() else { return nil }
        return byte == UInt8(ascii: "\r") && rest.first == .lineFeed ? rest.popFirst() : byte
    }

    private mutating func skipLine() {
        while let byte = next(), byte != .lineFeed {}
    }

    /// `[section]`, `[section "subsection"]`, or the old `[section.subsection]`.
    private mutating func parseSection() throws(SyntaxError) {
        var name: [UInt8] = []
        subsection = nil
        while true {
            guard let byte = next() else { throw SyntaxError() }
            if byte == UInt8(ascii: "]") { break }
            if byte.isSpace {
                subsection = try parseSubsection(after: byte)
                break
            }
            guard byte.isKeyByte || byte == UInt8(ascii: ".") else { throw SyntaxError() }
            name.append(byte.lowercased)
        }
        if subsection == nil, let dot = name.firstIndex(of: UInt8(ascii: ".")) {
            subsection = String(decoding: name[(dot + 1)...], as: UTF8.self)
            name.removeSubrange(dot...)
        }
        section = String(decoding: name, as: UTF8.self)
    }

    private mutating func parseSubsection(after space: UInt8) throws(SyntaxError) -> String {
        var byte: UInt8? = space
        while let space = byte, space.isSpace, space != .lineFeed { byte = next() }
        guard byte == UInt8(ascii: "\"") else { throw SyntaxError() }
        var name: [UInt8] = []
        while true {
            guard var byte = next(), byte != .lineFeed else { throw SyntaxError() }
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                guard let escaped = next(), escaped != .lineFeed else { throw SyntaxError() }
                byte = escaped
            }
            name.append(byte)
        }
        guard next() == UInt8(ascii: "]") else { throw SyntaxError() }
        return String(decoding: name, as: UTF8.self)
    }

    private mutating func parseVariable(startingWith first: UInt8) throws(SyntaxError) -> GitConfigEntry {
        var name = [first.lowercased]
        var byte = next()
        while let key = byte, key.isKeyByte {
            name.append(key.lowercased)
            byte = next()
        }
        while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { byte = next() }
        var value: String?
        if let byte, byte != .lineFeed {
            guard byte == UInt8(ascii: "=") else { throw SyntaxError() }
            value = try parseValue()
        }
        return GitConfigEntry(
            section: section, subsection: subsection, name: String(decoding: name, as: UTF8.self),
            value: value)
    }

    /// The value up to the end of its line: quotes, escapes and a trailing comment taken away.
    private mutating func parseValue() throws(SyntaxError) -> String {
        var value: [UInt8] = []
        var spaces: [UInt8] = []
        var isQuoted = false
        while let byte = next(), byte != .lineFeed {
            if !isQuoted {
                if byte.isSpace {
                    if !value.isEmpty { spaces.append(byte) }
                    continue
                }
                if byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") {
                    skipLine()
                    return String(decoding: value, as: UTF8.self)
                }
            }
            value += spaces
            spaces = []
            switch byte {
            case UInt8(ascii: "\\"):
                if let escaped = try parseEscape() { value.append(escaped) }
            case UInt8(ascii: "\""): isQuoted.toggle()
            default: value.append(byte)
            }
        }
        if isQuoted { throw SyntaxError() }
        return String(decoding: value, as: UTF8.self)
    }

    /// - Returns: nil for a line break, which continues the value on the next line.
    private mutating func parseEscape() throws(SyntaxError) -> UInt8? {
        switch next() {
        case nil, .lineFeed: nil
        case UInt8(ascii: "t"): UInt8(ascii: "\t")
        case UInt8(ascii: "n"): .lineFeed
        case UInt8(ascii: "b"): 8
        case UInt8(ascii: "\\"): UInt8(ascii: "\\")
        case UInt8(ascii: "\""): UInt8(ascii: "\"")
        default: throw SyntaxError()
        }
    }
}

extension UInt8 {
    fileprivate static let lineFeed = UInt8(ascii: "\n")
    fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
    fileprivate var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
    fileprivate var isKeyByte: Bool { isLetter || (0x30...0x39).contains(self) || self == UInt8(ascii: "-") }
    fileprivate var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
