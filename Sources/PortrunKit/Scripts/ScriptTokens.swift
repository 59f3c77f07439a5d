import PortrunBase

/// The words of a makefile or script, whatever stands between them: none is expanded.
///
/// One way through the text, which has no syntax that all its languages share.
struct ScriptTokens: Sequence, IteratorProtocol {
    /// A word, and what is in front of it.
    struct Token {
        let text: String
        /// The word before it in the same command; empty for the first one.
        let before: String
        /// It stands behind a `=`: a variable's value, or a flag's.
        let isAssigned: Bool
        /// The first one of its command, as far as the text shows where commands end.
        let startsCommand: Bool
    }

    private let bytes: [UInt8]
    private var position = 0
    private var before = ""
    private var isFirst = true

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> Token? {
        var isAssigned = false
        while position < bytes.count {
            let byte = bytes[position]
            if !Self.isBetween(byte) { return word(isAssigned) }
            position += 1
            if byte == UInt8(ascii: "=") { isAssigned = true }
            if byte == UInt8(ascii: "\\"), position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
                // The command goes on in the next line.
                position += 1
            } else if Self.endsCommand(byte) {
                (isFirst, before, isAssigned) = (true, "", false)
            }
        }
        return nil
    }

    private mutating func word(_ isAssigned: Bool) -> Token {
        let start = position
        while position < bytes.count, !Self.isBetween(bytes[position]) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let token = Token(text: text, before: before, isAssigned: isAssigned, startsCommand: isFirst)
        (isFirst, before) = (false, text)
        return token
    }

    private static func endsCommand(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"): true
        default: false
        }
    }

    private static func isBetween(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...32, UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "="), UInt8(ascii: ","),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ":"), UInt8(ascii: "\\"),
            UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"):
            true
        default: false
        }
    }
}
