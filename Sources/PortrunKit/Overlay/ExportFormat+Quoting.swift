import PortrunBase

/// Every function goes by scalars, as shells go by bytes: a quote with an accent on it is one `Character`, but still a
/// quote.
extension ExportFormat {
    /// `text` as one word of a POSIX shell: itself when it has only plain characters, else in single quotes.
    package static func shellQuoted(_ text: String) -> String {
        ShellWord.quoted(text)
    }

    /// `text` as one word of fish, in whose single quotes a backslash hides a quote or a backslash.
    static func fishQuoted(_ text: String) -> String {
        if ShellWord.isPlain(text) { return text }
        var quoted = "'"
        for scalar in text.unicodeScalars {
            if scalar == "'" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "'"
    }

    /// Likewise, byte for byte, for values that are no UTF-8.
    package static func shellQuoted(_ bytes: [UInt8]) -> [UInt8] {
        quoted(bytes) { $0 == UInt8(ascii: "'") ? Array("'\\''".utf8) : [$0] }
    }

    static func fishQuoted(_ bytes: [UInt8]) -> [UInt8] {
        quoted(bytes) { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\\") ? [UInt8(ascii: "\\"), $0] : [$0] }
    }

    private static func quoted(_ bytes: [UInt8], _ escaped: (UInt8) -> [UInt8]) -> [UInt8] {
        var quoted = [UInt8(ascii: "'")]
        for byte in bytes { quoted += escaped(byte) }
        return quoted + [UInt8(ascii: "'")]
    }

    /// `text` as a string of nushell, always in double quotes: a bare word may be a number there.
    ///
    /// Source: https://www.nushell.sh/book/working_with_strings.html, «Double-quoted strings».
    static func nuQuoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\0"..<" ", "\u{7F}": quoted += "\\u{\(String(scalar.value, radix: 16))}"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// `text` as a string of PowerShell, in whose single quotes each quote is doubled, typographic ones too.
    ///
    /// Source: about_Quoting_Rules, and IsSingleQuote in PowerShell's CharTraits.cs.
    static func powershellQuoted(_ text: String) -> String {
        var quoted = "'"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "'", "\u{2018}"..."\u{201B}": quoted += "\(scalar)\(scalar)"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "'"
    }

    /// `text` as dotenv libraries and compose read it: single quotes when there are none in it, else double.
    ///
    /// A backslash before the closing single quote would hide it.
    static func dotenvQuoted(_ text: String) -> String {
        if ShellWord.isPlain(text) { return text }
        if !text.unicodeScalars.contains("'"), text.unicodeScalars.last != "\\" { return "'\(text)'" }
        var quoted = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "\"", "$": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return "\"\(quoted)\""
    }

    /// One line, or for a value of several lines these between two marks.
    ///
    /// Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions, «Multiline strings».
    static func githubEntry(_ name: String, _ value: String) -> String {
        guard value.utf8.contains(10) || value.utf8.contains(13) else { return "\(name)=\(value)\n" }
        var mark = "END"
        // A carriage return may belong to the end of a line.
        let lines = value.utf8.split { $0 == 10 || $0 == 13 }
        while lines.contains(where: { $0.elementsEqual(mark.utf8) }) { mark += "_" }
        return "\(name)<<\(mark)\n\(value)\n\(mark)\n"
    }
}
