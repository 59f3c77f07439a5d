import PortrunBase

/// Reads an env file by compose's own rules (https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/).
///
/// `NAME=value`, `NAME: value`, `export NAME=value`; single quotes keep everything, double quotes know escapes and
/// variables, both may span lines; without quotes a value ends at ` #`. A bare `NAME` takes the outer value.
package struct DotenvParser {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private let look: Look
    /// The file that is read; absolute.
    private let path: String
    private let outer: (String) -> String?
    package private(set) var values: [ExactString: String] = [:]
    /// The variables that values refer to for more than the port of a local host.
    private(set) var references: Set<ExactString> = []

    /// Reads all of `text`; `outer` answers for variables that are set elsewhere, and wins over the file's.
    package init(
        _ text: [UInt8], _ look: Look = Look(), _ path: String = "", outer: @escaping (String) -> String?
    ) throws(ComposeFailure) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        bytes = text.starts(with: byteOrderMark) ? Array(text.dropFirst(3)) : text
        self.look = look
        self.path = path
        self.outer = outer
        var start = position
        while skipToStatement() {
            try readStatement()
            guard look.spend(1, of: .variables, in: path), look.goesOn(after: (position - start) / 64, in: path)
            else { throw ComposeFailure(line: line, problem: .leftOut) }
            start = position
        }
    }

    /// Skips blank lines and comments; false at the end.
    private mutating func skipToStatement() -> Bool {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == DotenvCharacter.newline {
                line += 1
                position += 1
            } else if byte == UInt8(ascii: "#") {
                position = endOfLine
            } else {
                let width = DotenvCharacter.whiteSpace(bytes[position...])
                if width == 0 { return true }
                position += width
            }
        }
        return false
    }

    private mutating func readStatement() throws(ComposeFailure) {
        if skipExport(), position < bytes.count, bytes[position] == DotenvCharacter.newline {
            // `export` alone exports nothing.
            return
        }
        let start = position
        var nameEnd = start
        var isBare = false
        var isFound = false
        while nameEnd < bytes.count, !isFound {
            let byte = bytes[nameEnd]
            if byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") || byte == DotenvCharacter.newline {
                isBare = byte == DotenvCharacter.newline
                isFound = true
            } else {
                let width = max(DotenvCharacter.blank(bytes[nameEnd...]), DotenvCharacter.namePart(bytes[nameEnd...]))
                guard width > 0 else {
                    throw ComposeFailure(line: line, problem: .unexpectedCharacter)
                }
                nameEnd += width
            }
        }
        // A name that ends the file without a line break is refused, as in the reference.
        let name = isFound ? DotenvCharacter.trimmedEnd(bytes[start..<nameEnd]) : ""
        position = isFound ? nameEnd + 1 : start
        if name.isEmpty { throw ComposeFailure(line: line, problem: .noVariableName) }
        if name.utf8.contains(UInt8(ascii: " ")) { throw ComposeFailure(line: line, problem: .spaceInName) }
        skipBlanks()
        if isBare {
            line += 1
            if let value = outer(name) { values[name] = value }
        } else {
            values[name] = try readValue()
        }
    }

    private mutating func skipExport() -> Bool {
        let word = "export".utf8
        guard bytes[position...].starts(with: word), DotenvCharacter.blank(bytes[(position + word.count)...]) > 0 else {
            return false
        }
        position += word.count
        skipBlanks()
        return true
    }

    private mutating func skipBlanks() {
        while case let width = DotenvCharacter.blank(bytes[position...]), width > 0 { position += width }
    }

    private mutating func readValue() throws(ComposeFailure) -> String {
        guard position < bytes.count else { return "" }
        let quote = bytes[position]
        if quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") { return try readQuoted(quote) }
        var text = bytes[position..<endOfLine]
        let startLine = line
        position = min(endOfLine + 1, bytes.count)
        line += 1
        if let comment = text.indices.first(where: {
            text[$0] == UInt8(ascii: " ") && $0 + 1 < text.endIndex && text[$0 + 1] == UInt8(ascii: "#")
        }) {
            text = text[..<comment]
        }
        return try expanded(DotenvCharacter.trimmedEnd(text), line: startLine)
    }

    private mutating func readQuoted(_ quote: UInt8) throws(ComposeFailure) -> String {
        let startLine = line
        var content: [UInt8] = []
        var index = position + 1
        while index < bytes.count {
            let byte = bytes[index]
            if byte == DotenvCharacter.newline { line += 1 }
            if byte == quote {
                position = index + 1
                if quote == UInt8(ascii: "'") { return String(decoding: content, as: UTF8.self) }
                return try expanded(DotenvEscapes.replaced(in: content), line: startLine)
            }
            if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
                index += 1
                if bytes[index] == DotenvCharacter.newline { line += 1 }
                if bytes[index] != quote { content.append(byte) }
                content.append(bytes[index])
            } else {
                content.append(byte)
            }
            index += 1
        }
        throw ComposeFailure(line: startLine, problem: .unterminatedQuote)
    }

    private mutating func expanded(_ text: String, line: Int) throws(ComposeFailure) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        do throws(ComposeProblem) {
            let template = try Template(text, look, in: path)
            let expansion = try template.expansion { outer($0) ?? values[$0] }
            references.formUnion(expansion.inside)
            guard look.spend(expansion.text.utf8.count, of: .bytes, in: path) else { throw ComposeProblem.leftOut }
            return expansion.text
        } catch {
            throw ComposeFailure(line: line, problem: error.withoutQuotation)
        }
    }

    private var endOfLine: Int { bytes[position...].firstIndex(of: DotenvCharacter.newline) ?? bytes.count }
}

extension ComposeProblem {
    /// The same without what the file says.
    fileprivate var withoutQuotation: ComposeProblem {
        if case .invalidTemplate = self { return .invalidTemplate(nil) }
        if case .missingVariable(let name, _) = self { return .missingVariable(name, explanation: "") }
        return self
    }
}
