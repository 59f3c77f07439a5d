import PortrunBase

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

    /// The condition that follows a variable's name in braces.
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
    private static let depthLimit = 32

    /// - Parameters:
    ///   - look: what its variables are taken from.
    ///   - path: the file that it is in; absolute.
    /// - Throws: `.invalidTemplate` for braces that hold no variable, that nothing closes, or that are nested too deeply;
    ///   `.leftOut` when the look is over.
    init(_ text: String, _ look: Look = Look(), in path: String = "") throws(ComposeProblem) {
        self = try Template(Array(text.utf8)[...], depth: 0, look, path)
    }

    /// The text of a template without variables; nil for one that has some.
    var literal: [UInt8]? {
        switch parts.first {
        case nil: []
        case .text(let text)? where parts.count == 1: text
        case .text?, .variable?: nil
        }
    }

    /// Every variable in the template, conditions included, each as often as it occurs.
    var variables: [String] {
        var names: [String] = []
        addVariables(to: &names)
        return names
    }

    private func addVariables(to names: inout [String]) {
        for part in parts {
            guard case .variable(let reference) = part else { continue }
            names.append(reference.name)
            switch reference.condition {
            case nil: break
            case .fallback(let word, _), .replacement(let word, _), .required(let word, _):
                word.addVariables(to: &names)
            }
        }
    }

    private init(
        _ bytes: ArraySlice<UInt8>, depth: Int, _ look: Look, _ path: String
    ) throws(ComposeProblem) {
        var text: [UInt8] = []
        var lastBrace: Int?
        var position = bytes.startIndex
        // The start of the text that is not in `text` yet.
        var start = position
        while position < bytes.endIndex {
            let byte = bytes[position]
            let next = position + 1 < bytes.endIndex ? bytes[position + 1] : 0
            guard byte == UInt8(ascii: "$"), next == byte || next == UInt8(ascii: "{") || isNameStart(next) else {
                position += 1
                continue
            }
            text += bytes[start..<position]
            if next == byte {
                start = position + 1
                position += 2
                continue
            }
            if !text.isEmpty { parts.append(.text(text)) }
            text = []
            guard look.spend(1, of: .values, in: path) else { throw .leftOut }
            if next == UInt8(ascii: "{") {
                if lastBrace.map({ $0 < position }) ?? true { lastBrace = Self.lastBrace(bytes[position...]) }
                let reference = try Self.braced(
                    bytes, &position, lastBrace: lastBrace, depth: depth + 1, look, path)
                parts.append(.variable(reference))
            } else {
                position += 1
                parts.append(.variable(Reference(name: Self.readName(bytes, &position))))
            }
            start = position
        }
        text += bytes[start...]
        if !text.isEmpty { parts.append(.text(text)) }
    }

    /// Reads a variable in braces from its `$` on.
    ///
    /// - Parameter lastBrace: the last `}` of the line; nothing behind it belongs to the variable.
    private static func braced(
        _ bytes: ArraySlice<UInt8>, _ position: inout Int, lastBrace: Int?, depth: Int, _ look: Look, _ path: String
    ) throws(ComposeProblem) -> Reference {
        let start = position
        func invalid() -> ComposeProblem { .invalidTemplate(String(decoding: bytes[start...], as: UTF8.self)) }
        position += 2
        let name = readName(bytes, &position)
        guard !name.isEmpty, let lastBrace, position <= lastBrace, depth <= depthLimit else { throw invalid() }
        if bytes[position] == UInt8(ascii: "}") {
            position += 1
            return Reference(name: name)
        }
        let hasColon = bytes[position] == UInt8(ascii: ":")
        if hasColon { position += 1 }
        let sign = bytes[position]
        position += 1
        let end = closingBrace(bytes[start...lastBrace]) ?? lastBrace
        // A brace that nothing closes is looked for up to the end, for each variable.
        guard look.goesOn(after: (end - start) / 16, in: path) else { throw .leftOut }
        guard position <= end else { throw invalid() }
        let word = try Template(bytes[position..<end], depth: depth, look, path)
        position = end + 1
        switch sign {
        case UInt8(ascii: "-"): return Reference(name: name, condition: .fallback(word, alsoWhenEmpty: hasColon))
        case UInt8(ascii: "+"): return Reference(name: name, condition: .replacement(word, onlyWhenFilled: hasColon))
        case UInt8(ascii: "?"): return Reference(name: name, condition: .required(word, filled: hasColon))
        default: throw invalid()
        }
    }

    /// The last `}` of the first line, behind which compose looks for no end of a variable.
    private static func lastBrace(_ bytes: ArraySlice<UInt8>) -> Int? {
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        return line.lastIndex(of: UInt8(ascii: "}"))
    }

    /// The brace that closes the first one, as compose counts them: the byte after a `{` is not looked at.
    ///
    /// So `${A:-{"a":1}}` ends at its second `}`, and `${A:-{}}` has no end of its own (compose-go 2.0,
    /// template/template.go, `getFirstBraceClosingIndex`).
    private static func closingBrace(_ bytes: ArraySlice<UInt8>) -> Int? {
        var open = 0
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "}") {
                open -= 1
                if open == 0 { return index }
            } else if bytes[index] == UInt8(ascii: "{") {
                open += 1
                index += 1
            }
            index += 1
        }
        return nil
    }

    private static func readName(_ bytes: ArraySlice<UInt8>, _ position: inout Int) -> String {
        let start = position
        guard position < bytes.endIndex, isNameStart(bytes[position]) else { return "" }
        while position < bytes.endIndex, isNamePart(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }
}

private func isNameStart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

private func isNamePart(_ byte: UInt8) -> Bool {
    isNameStart(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
