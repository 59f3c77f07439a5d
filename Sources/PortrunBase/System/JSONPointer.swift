/// A JSON pointer (RFC 6901): the way to a value from the root of its document, as keys.
///
/// Keys are bytes: `String` takes different spellings of an accent for equal.
package enum JSONPointer {
    /// The keys of `pointer`: `~1` stands for a slash in one, and `~0` for a `~`.
    package static func keys(of pointer: String) -> [[UInt8]] {
        var keys: [[UInt8]] = []
        for part in pointer.utf8.split(separator: slash, omittingEmptySubsequences: false).dropFirst() {
            var key: [UInt8] = []
            var isEscape = false
            for byte in part {
                switch (isEscape, byte) {
                case (true, UInt8(ascii: "1")): key[key.count - 1] = slash
                // As it is.
                case (true, UInt8(ascii: "0")): break
                case _: key.append(byte)
                }
                isEscape = byte == tilde
            }
            keys.append(key)
        }
        return keys
    }

    /// The pointer of the value that `keys` lead to.
    package static func text(of keys: [[UInt8]]) -> String {
        var text: [UInt8] = []
        for key in keys {
            text.append(slash)
            for byte in key {
                switch byte {
                case tilde: text += [tilde, UInt8(ascii: "0")]
                case slash: text += [tilde, UInt8(ascii: "1")]
                case _: text.append(byte)
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let slash = UInt8(ascii: "/")
    private static let tilde = UInt8(ascii: "~")
}
