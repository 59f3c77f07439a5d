/// Text with variables in it, `$V` or `${V:-default}`, parsed and not yet evaluated.
///
/// Names are ASCII letters, digits and `_`; `$$` stands for `$`; a `$` before anything else is itself
/// (https://docs.docker.com/reference/compose-file/interpolation/).
struct Template {
    enum Part {
        case text([UInt8])
        case variable(Reference)
    }

    /// One use of a variable.
    struct Reference {
        var name: String
        var condition: Condition?
    }

    /// What follows a variable's name in braces.
    indirect enum Condition {
        /// `-` and `:-`.
        case fallback(Template, alsoWhenEmpty: Bool)
        /// `+` and `:+`.
        case replacement(Template, onlyWhenFilled: Bool)
        /// `?` and `:?`.
        case required(Template, filled: Bool)
    }

    private(set) var parts: [Part] = []

    /// Variables in the defaults of variables go no deeper than this.
    private static let depthLimit = 100

    /// - Throws: `.invalidTemplate` for braces that hold no variable, that nothing closes, or that are nested too deeply.
    init(_ text: String) throws(ComposeProblem) {
        let bytes = Array(text.utf8)
        var position = 0
        self = try Template(bytes, &position, depth: 0)
    }

    /// Every variable in the template, conditions included, each as often as it occurs.
    var variables: [String] {
        parts.flatMap { part -> [String] in
            guard case .variable(let reference) = part else { return [] }
            return switch reference.condition {
            case nil: [reference.name]
            case .fallback(let word, _), .replacement(let word, _), .required(let word, _):
                [reference.name] + word.variables
            }
        }
    }

    /// Reads up to the end or, `depth` braces down, up to the brace that closes the innermost.
    private init(_ bytes: [UInt8], _ position: inout Int, depth: Int) throws(ComposeProblem) {
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "$") {
                let next = position + 1 < bytes.count ? bytes[position + 1] : 0
                if next == UInt8(ascii: "$") {
                    text.append(byte)
                    position += 2
                } else if next == UInt8(ascii: "{") || isNameStart(next) {
                    if !text.isEmpty { parts.append(.text(text)) }
                    text = []
                    parts.append(.variable(try Self.reference(bytes, &position, depth: depth + 1)))
                } else {
                    text.append(byte)
                    position += 1
                }
                continue
            }
            // Only a `${` opens a pair: `${A:-{"a":1}}` ends at the first brace.
            if depth > 0, byte == UInt8(ascii: "}") { break }
            text.append(byte)
            position += 1
        }
        if !text.isEmpty { parts.append(.text(text)) }
    }

    /// Reads a variable from its `$` on.
    private static func reference(_ bytes: [UInt8], _ position: inout Int, depth: Int) throws(ComposeProblem)
        -> Reference
    {
        let start = position
        let isBraced = bytes[position + 1] == UInt8(ascii: "{")
        position += isBraced ? 2 : 1
        let name = readName(bytes, &position)
        guard isBraced else { return Reference(name: name) }
        func invalid() -> ComposeProblem {
            .invalidTemplate(String(decoding: bytes[start...], as: UTF8.self))
        }
        guard !name.isEmpty, position < bytes.count, depth <= Self.depthLimit else { throw invalid() }
        var condition: Condition?
        if bytes[position] != UInt8(ascii: "}") {
            let hasColon = bytes[position] == UInt8(ascii: ":")
            if hasColon { position += 1 }
            guard position < bytes.count else { throw invalid() }
            let sign = bytes[position]
            position += 1
            let wordStart = position
            let word = try Template(bytes, &position, depth: depth)
            // The reference reads a braced variable from one line only.
            guard position < bytes.count, !bytes[wordStart..<position].contains(UInt8(ascii: "\n")) else {
                throw invalid()
            }
            switch sign {
            case UInt8(ascii: "-"): condition = .fallback(word, alsoWhenEmpty: hasColon)
            case UInt8(ascii: "+"): condition = .replacement(word, onlyWhenFilled: hasColon)
            case UInt8(ascii: "?"): condition = .required(word, filled: hasColon)
            default: throw invalid()
            }
        }
        position += 1
        return Reference(name: name, condition: condition)
    }

    private static func readName(_ bytes: [UInt8], _ position: inout Int) -> String {
        let start = position
        guard position < bytes.count, isNameStart(bytes[position]) else { return "" }
        while position < bytes.count, isNamePart(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }
}

private func isNameStart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

private func isNamePart(_ byte: UInt8) -> Bool {
    isNameStart(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
