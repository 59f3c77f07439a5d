import PortrunBase

/// Which bytes of an env file are white space or part of a name, character by character (compose-go, dotenv/parser.go).
enum DotenvCharacter {
    static let newline = UInt8(ascii: "\n")

    /// The bytes of the white space that `bytes` start with, but for the end of a line; 0 for anything else.
    static func blank(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let first = bytes.first else { return 0 }
        switch first {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0B, 0x0C, 0x0D: return 1
        // U+0085, and U+00A0, the space that some editors put in.
        case 0xC2:
            let second = bytes.dropFirst().first
            return second == 0x85 || second == 0xA0 ? 2 : 0
        default: return 0
        }
    }

    /// The bytes of the character that `bytes` start with, if it is white space of any kind; else 0.
    static func whiteSpace(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let first = bytes.first else { return 0 }
        if first < 0x80 { return first == newline ? 1 : blank(bytes) }
        guard let scalar = scalar(bytes), scalar.properties.isWhitespace else { return 0 }
        return UTF8.width(scalar)
    }

    /// The bytes of the character that `bytes` start with, if a name may have it; else 0.
    ///
    /// Letters and digits of any script, `_`, `.`, `-`, `[` and `]`.
    static func namePart(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let first = bytes.first else { return 0 }
        switch first {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "["), UInt8(ascii: "]"):
            return 1
        case 0x80...0xFF:
            guard let scalar = scalar(bytes) else { return 0 }
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                .decimalNumber, .letterNumber, .otherNumber:
                return UTF8.width(scalar)
            default: return 0
            }
        default: return 0
        }
    }

    /// `bytes` as text without the white space at their end.
    static func trimmedEnd(_ bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes
        // From the first byte of the last character.
        while let start = bytes.lastIndex(where: { $0 & 0xC0 != 0x80 }) {
            let width = whiteSpace(bytes[start...])
            guard width > 0, start + width == bytes.endIndex else { break }
            bytes.removeLast(width)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The character that `bytes` start with; nil where they are no UTF-8.
    private static func scalar(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        if case .scalarValue(let scalar) = decoder.decode(&iterator) { return scalar }
        return nil
    }
}

extension UTF8 {
    fileprivate static func width(_ scalar: Unicode.Scalar) -> Int { Self.encode(scalar)?.count ?? 0 }
}
