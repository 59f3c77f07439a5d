/// Reads the syntax of git configuration files (git-config(1), «Syntax»; config.c, git_parse_source).
struct GitConfigParser {
    /// The file is not well-formed: git would refuse it.
    struct SyntaxError: Error, Equatable {}

    private let content: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var section = ""
    private var subsection: String?
    /// Bytes of the name or value that is being read, kept for the next one.
    private var text: [UInt8] = []

    private init(_ content: UnsafeBufferPointer<UInt8>) { self.content = content }

    /// The variables of a file in their order, include directives among them.
    ///
    /// - Parameters:
    ///   - isLocal: what each of them says of itself.
    ///   - look: limits the work. When it is over, the rest is missing.
    ///   - path: that of the file, for the look.
    ///   - isWanted: whether the variables of a section are wanted, by its name and that of the subsection.
    static func entries(
        of content: [UInt8], isLocal: Bool = false, _ look: Look = Look(), in path: String = "",
        where isWanted: (String, String?) -> Bool = { _, _ in true }
    ) throws(SyntaxError) -> [GitConfigEntry] {
        var entries: [GitConfigEntry] = []
        let isWellFormed = content.withUnsafeBufferPointer { content in
            var parser = GitConfigParser(content)
            return (try? parser.parse(isLocal, look, path, isWanted, &entries)) != nil
        }
        guard isWellFormed else { throw SyntaxError() }
        return entries
    }

    private mutating func parse(
        _ isLocal: Bool, _ look: Look, _ path: String, _ isWanted: (String, String?) -> Bool,
        _ entries: inout [GitConfigEntry]
    ) throws(SyntaxError) {
        if content.count >= 3, content[0] == 0xEF, content[1] == 0xBB, content[2] == 0xBF { position = 3 }
        var isInWanted = isWanted(section, subsection)
        var start = position
        while let byte = next() {
            switch byte {
            case UInt8(ascii: "["):
                try parseSection()
                isInWanted = isWanted(section, subsection)
            case UInt8(ascii: "#"), UInt8(ascii: ";"): skipLine()
            case let byte where byte.isSpace: continue
            case let byte where byte.isLetter:
                let entry = try parseVariable(startingWith: byte, isWanted: isInWanted, isLocal)
                guard let entry else { break }
                guard look.spend(1, of: .values, in: path) else { return }
                entries.append(entry)
            default: throw SyntaxError()
            }
            guard look.goesOn(after: 1 + (position - start) / 16, in: path) else { return }
            start = position
        }
    }

    /// The next byte, a carriage return before a line feed left out; nil at the end.
    private mutating func next() -> UInt8? {
        guard position < content.count else { return nil }
        var byte = content[position]
        position += 1
        if byte == UInt8(ascii: "\r"), position < content.count, content[position] == .lineFeed {
            byte = .lineFeed
            position += 1
        }
        return byte
    }

    private mutating func skipLine() {
        while let byte = next(), byte != .lineFeed {}
    }

    private var string: String { String(decoding: text, as: UTF8.self) }

    /// `[section]`, `[section "subsection"]`, or the old `[section.subsection]`.
    private mutating func parseSection() throws(SyntaxError) {
        text.removeAll(keepingCapacity: true)
        subsection = nil
        var hasSubsection = false
        while true {
            guard let byte = next() else { throw SyntaxError() }
            if byte == UInt8(ascii: "]") { break }
            if byte.isSpace {
                section = string
                hasSubsection = true
                subsection = try parseSubsection(after: byte)
                break
            }
            guard byte.isKeyByte || byte == UInt8(ascii: ".") else { throw SyntaxError() }
            text.append(byte.lowercased)
        }
        guard !hasSubsection else { return }
        if let dot = text.firstIndex(of: UInt8(ascii: ".")) {
            subsection = String(decoding: text[(dot + 1)...], as: UTF8.self)
            text.removeSubrange(dot...)
        }
        section = string
    }

    private mutating func parseSubsection(after space: UInt8) throws(SyntaxError) -> String {
        var byte: UInt8? = space
        while let space = byte, space.isSpace, space != .lineFeed { byte = next() }
        guard byte == UInt8(ascii: "\"") else { throw SyntaxError() }
        text.removeAll(keepingCapacity: true)
        while true {
            guard var byte = next(), byte != .lineFeed else { throw SyntaxError() }
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                guard let escaped = next(), escaped != .lineFeed else { throw SyntaxError() }
                byte = escaped
            }
            text.append(byte)
        }
        guard next() == UInt8(ascii: "]") else { throw SyntaxError() }
        return string
    }

    /// - Returns: nil for one that is not wanted.
    private mutating func parseVariable(
        startingWith first: UInt8, isWanted: Bool, _ isLocal: Bool
    ) throws(SyntaxError) -> GitConfigEntry? {
        text.removeAll(keepingCapacity: true)
        text.append(first.lowercased)
        var byte = next()
        while let key = byte, key.isKeyByte {
            text.append(key.lowercased)
            byte = next()
        }
        while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { byte = next() }
        let name = isWanted ? string : ""
        var hasValue = false
        if let byte, byte != .lineFeed {
            guard byte == UInt8(ascii: "=") else { throw SyntaxError() }
            try parseValue()
            hasValue = true
        }
        guard isWanted else { return nil }
        return GitConfigEntry(
            section: section, subsection: subsection, name: name, value: hasValue ? string : nil, isLocal: isLocal)
    }

    /// Leaves the value up to the end of its line in `text`: quotes, escapes and a trailing comment taken away.
    private mutating func parseValue() throws(SyntaxError) {
        text.removeAll(keepingCapacity: true)
        // Without the spaces behind it, which belong to it only if something follows them.
        var end = 0
        var isQuoted = false
        while let byte = next(), byte != .lineFeed {
            if !isQuoted {
                if byte.isSpace {
                    if !text.isEmpty { text.append(byte) }
                    continue
                }
                if byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") {
                    skipLine()
                    break
                }
            }
            switch byte {
            case UInt8(ascii: "\\"):
                if let escaped = try parseEscape() { text.append(escaped) }
            case UInt8(ascii: "\""): isQuoted.toggle()
            default: text.append(byte)
            }
            end = text.count
        }
        if isQuoted { throw SyntaxError() }
        text.removeSubrange(end...)
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
