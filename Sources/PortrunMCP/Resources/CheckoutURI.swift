import PortrunBase

/// The URI of the ports of a checkout: `portrun://ports` and the absolute path of its folder (RFC 3986).
enum CheckoutURI {
    private static let start = "portrun://ports/"

    /// RFC 6570, level 2: the path with its slashes.
    static let template = "portrun://ports{+path}"

    static func text(of path: String) -> String {
        var text = "portrun://ports"
        for byte in path.utf8 {
            if isPlain(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return text
    }

    /// The path; nil for any other URI.
    static func path(of uri: String) -> String? {
        guard uri.hasPrefix(start) else { return nil }
        var bytes: [UInt8] = []
        var rest = Array(uri.utf8.dropFirst(start.utf8.count - 1))[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Unreserved, or the slash between names.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "/"):
            true
        case _: false
        }
    }
}
