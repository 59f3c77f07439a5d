import PortrunBase
import PortrunCompose
import PortrunLaunch
import PortrunRegistry

/// Words in one variable, with a space between them.
///
/// Spaces, control characters and `%` in a word are `%` and two hex digits, and so is every byte above ASCII of a word
/// that is no UTF-8. No word is empty.
enum WordList {
    static func text(of words: [String]) -> String {
        var bytes: [[UInt8]] = []
        for word in words { bytes.append(Array(word.utf8)) }
        return text(ofBytes: bytes)
    }

    static func text(ofBytes words: [[UInt8]]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for word in words {
            if !text.isEmpty { text.append(UInt8(ascii: " ")) }
            let isText = String(validating: word, as: UTF8.self) != nil
            for byte in word {
                if byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "%") || (byte > 0x7F && !isText) {
                    text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                } else {
                    text.append(byte)
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The words that `text(of:)` was given; a `%` without two hex digits after it is itself.
    static func words(in text: String) -> [String] {
        bytes(in: text).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes that `text(ofBytes:)` was given.
    static func bytes(in text: String) -> [[UInt8]] {
        text.utf8.split(separator: UInt8(ascii: " ")).map { word in
            let word = Array(word)
            var bytes: [UInt8] = []
            var index = 0
            while index < word.count {
                if word[index] == UInt8(ascii: "%"), index + 2 < word.count, let high = digit(word[index + 1]),
                    let low = digit(word[index + 2])
                {
                    bytes.append(high << 4 | low)
                    index += 3
                } else {
                    bytes.append(word[index])
                    index += 1
                }
            }
            return bytes
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
