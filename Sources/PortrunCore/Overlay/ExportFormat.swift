/// The forms in which `portrun export` prints an overlay.
package enum ExportFormat: String, Sendable, CaseIterable {
    /// `export NAME='value'` and `unset NAME`, for every POSIX shell
    case shell
    /// one object, ports as numbers, removed names as null
    case json
    /// `NAME=value` lines, quoted where dotenv files need it
    case env

    /// The text for `overlay`, with a line break at its end when it is not empty.
    package func text(of overlay: Overlay) -> String {
        switch self {
        case .shell:
            // Not `joined()`, whose generic code costs more than all of the rest: see `Path`.
            var text = ""
            for name in overlay.removals { text += "unset \(name)\n" }
            for assignment in overlay.assignments {
                text += "export \(assignment.name)=\(Self.shellQuoted(assignment.value.text))\n"
            }
            return text
        case .json:
            return JSONValue.object(
                JSONValue.KeyValuePairs(
                    overlay.assignments.map { (key: $0.name, value: Self.json($0.value)) }
                        + overlay.removals.map { (key: $0, value: .null) })
            ).text + "\n"
        case .env:
            return overlay.assignments.map { "\($0.name)=\(Self.dotenvQuoted($0.value.text))\n" }.joined()
        }
    }

    private static func json(_ value: Overlay.Value) -> JSONValue {
        switch value {
        case .port(let port): .integer(Int(port.number))
        case .text(let text): .string(text)
        }
    }

    /// `text` as one word of a POSIX shell: itself when it has only plain characters, else in single quotes.
    ///
    /// Goes by scalars, as shells go by bytes: a quote with an accent on it is one `Character`, but still a quote.
    package static func shellQuoted(_ text: String) -> String {
        if isPlain(text) { return text }
        var quoted = "'"
        for scalar in text.unicodeScalars {
            if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
        }
        return quoted + "'"
    }

    /// `text` as dotenv libraries and compose read it: single quotes when there are none in it, else double.
    ///
    /// A backslash before the closing single quote would hide it.
    static func dotenvQuoted(_ text: String) -> String {
        if isPlain(text) { return text }
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

    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122: true
                case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"): true
                default: false
                }
            }
    }
}
