/// Reads an env file by compose's own rules (https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/).
///
/// `NAME=value`, `NAME: value`, `export NAME=value`; single quotes keep everything, double quotes know escapes and
/// variables, both may span lines; without quotes a value ends at ` #`. A bare `NAME` takes the outer value.
struct DotenvParser {
    /// What is wrong, and in which line.
    struct Failure: Error, Equatable {
        var line: Int
        var problem: ComposeProblem
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private let outer: (String) -> String?
    private(set) var values: [String: String] = [:]
    /// The variables that values refer to for more than the port of a local host.
    private(set) var references: Set<String> = []

    /// Reads all of `text`; `outer` answers for variables that are set elsewhere, and wins over the file's.
    init(_ text: [UInt8], outer: @escaping (String) -> String?) throws(Failure) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        bytes = text.starts(with: byteOrderMark) ? Array(text.dropFirst(3)) : text
        self.outer = outer
        while skipToStatement() { try readStatement() }
    }

    /// Skips blank lines and comments; false at the end.
    private mutating func skipToStatement() -> Bool {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == newline {
                line += 1
            } else if byte == UInt8(ascii: "#") {
                position = endOfLine
                continue
            } else if !isBlank(byte) {
                return true
            }
            position += 1
        }
        return false
    }

    private mutating func readStatement() throws(Failure) {
        skipExport()
        let start = position
        var nameEnd = start
        var isBare = false
        var isFound = false
        while nameEnd < bytes.count, !isFound {
            let byte = bytes[nameEnd]
            if byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") || byte == newline {
                isBare = byte == newline
                isFound = true
            } else if isBlank(byte) || isNamePart(byte) {
                nameEnd += 1
            } else {
                throw Failure(
                    line: line, problem: .unexpectedCharacter(character(at: nameEnd), name: currentLine))
            }
        }
        // A name that ends the file without a line break is refused, as in the reference.
        let name = isFound ? trimmedEnd(bytes[start..<nameEnd]) : ""
        position = isFound ? nameEnd + 1 : start
        if name.isEmpty { throw Failure(line: line, problem: .noVariableName(currentLine)) }
        if name.utf8.contains(UInt8(ascii: " ")) { throw Failure(line: line, problem: .spaceInName(name)) }
        while position < bytes.count, isBlank(bytes[position]) { position += 1 }
        if isBare {
            line += 1
            values[name] = outer(name)
        } else {
            values[name] = try readValue()
        }
    }

    private mutating func skipExport() {
        let word = "export".utf8
        guard bytes[position...].starts(with: word), position + word.count < bytes.count,
            isBlank(bytes[position + word.count])
        else { return }
        position += word.count
        while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    }

    private mutating func readValue() throws(Failure) -> String {
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
        return try expanded(trimmedEnd(text), line: startLine)
    }

    private mutating func readQuoted(_ quote: UInt8) throws(Failure) -> String {
        let startLine = line
        let text = currentLine
        var content: [UInt8] = []
        var index = position + 1
        while index < bytes.count {
            let byte = bytes[index]
            if byte == newline { line += 1 }
            if byte == quote {
                position = index + 1
                if quote == UInt8(ascii: "'") { return String(decoding: content, as: UTF8.self) }
                return try expanded(DotenvEscapes.replaced(in: content), line: startLine)
            }
            if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
                index += 1
                if bytes[index] == newline { line += 1 }
                if bytes[index] != quote { content.append(byte) }
                content.append(bytes[index])
            } else {
                content.append(byte)
            }
            index += 1
        }
        throw Failure(line: startLine, problem: .unterminatedQuote(text))
    }

    private mutating func expanded(_ text: String, line: Int) throws(Failure) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        do throws(ComposeProblem) {
            let template = try Template(text)
            let expansion = try template.expansion { outer($0) ?? values[$0] }
            references.formUnion(expansion.inside)
            return expansion.text
        } catch {
            throw Failure(line: line, problem: error)
        }
    }

    private var endOfLine: Int { bytes[position...].firstIndex(of: newline) ?? bytes.count }
    private var currentLine: String { String(decoding: bytes[position..<endOfLine], as: UTF8.self) }

    private func character(at index: Int) -> String {
        String(decoding: bytes[index...].prefix(4), as: UTF8.self).first.map(String.init) ?? ""
    }
}

private let newline = UInt8(ascii: "\n")

/// White space but the end of a line.
private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || (0x0B...0x0D).contains(byte)
}

/// Letters and digits of any script, `_`, `.`, `-`, `[` and `]`.
private func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "["), UInt8(ascii: "]"), 0x80...0xFF:
        true
    default: false
    }
}

private func trimmedEnd(_ bytes: ArraySlice<UInt8>) -> String {
    let end = bytes.lastIndex { !isBlank($0) && $0 != newline }.map { $0 + 1 } ?? bytes.startIndex
    return String(decoding: bytes[..<end], as: UTF8.self)
}
