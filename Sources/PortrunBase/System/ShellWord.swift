/// Words for a POSIX shell, as hints and `export` write them.
package enum ShellWord {
    /// `text` as one word: itself when it has only plain characters, else in single quotes.
    package static func quoted(_ text: String) -> String {
        if isPlain(text) { return text }
        var quoted = "'"
        for scalar in text.unicodeScalars {
            if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
        }
        return quoted + "'"
    }

    package static func isPlain(_ text: String) -> Bool {
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
