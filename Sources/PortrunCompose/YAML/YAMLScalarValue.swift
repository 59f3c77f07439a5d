import PortrunBase

/// The value of a YAML scalar, by the rules of compose's YAML library.
///
/// They are those of YAML 1.2 with the integers of 1.1: `017` is 15 and `0x1F` is 31, `1_000` is 1000, but `22:22` is a
/// string and so are `yes` and `on` (https://pkg.go.dev/gopkg.in/yaml.v3, «Compatibility»).
enum YAMLScalarValue: Sendable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int)
    case fraction(Double)
    case string(String)

    init(_ text: String, isPlain: Bool, tag: String? = nil) {
        if !isPlain || tag == "tag:yaml.org,2002:str" || tag == "!" {
            self = .string(text)
            return
        }
        var text = text
        self = text.withUTF8(Self.resolve) ?? .string(text)
        if tag == "tag:yaml.org,2002:float", case .integer(let number) = self {
            self = .fraction(Double(number))
        }
    }

    private static func resolve(_ bytes: UnsafeBufferPointer<UInt8>) -> Self? {
        guard let first = bytes.first else { return .null }
        switch first {
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
            return bytes.isOne(of: ["~", "null", "Null", "NULL"]) ? .null : nil
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            return bytes.isOne(of: ["true", "True", "TRUE"]) ? .boolean(true) : nil
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return bytes.isOne(of: ["false", "False", "FALSE"]) ? .boolean(false) : nil
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            if let number = integer(bytes) { return .integer(number) }
            return isFraction(bytes) ? .fraction(Double(String(decoding: bytes, as: UTF8.self)) ?? .nan) : nil
        default:
            return nil
        }
    }

    /// A whole number in decimal, or octal after `0` or `0o`, hexadecimal after `0x`, binary after `0b`.
    private static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var digits = bytes.filter { $0 != UInt8(ascii: "_") }[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        var radix = 10
        if digits.count > 1, digits.first == UInt8(ascii: "0") {
            digits.removeFirst()
            switch digits.first.map({ $0 | 0x20 }) {
            case UInt8(ascii: "x"): radix = 16
            case UInt8(ascii: "o"): radix = 8
            case UInt8(ascii: "b"): radix = 2
            default: radix = -8
            }
            if radix > 0 { digits.removeFirst() } else { radix = 8 }
        }
        // The sign has been taken off: another one is none.
        guard let first = digits.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
            let magnitude = Int(String(decoding: digits, as: UTF8.self), radix: radix)
        else { return nil }
        return isNegative ? -magnitude : magnitude
    }

    /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, or one of the spellings of infinity and «not a number».
    private static func isFraction(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = bytes.filter { $0 != UInt8(ascii: "_") }[...]
        func skipSign() {
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        }
        func skipDigits() -> Int {
            let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
            rest.removeFirst(count)
            return count
        }
        skipSign()
        let name = String(decoding: rest, as: UTF8.self).lowercased()
        if name == ".inf" || name == ".nan" { return true }
        var digits = skipDigits()
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            digits += skipDigits()
        }
        guard digits > 0 else { return false }
        if let sign = rest.first, sign | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            skipSign()
            guard skipDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func isOne(of words: [StaticString]) -> Bool {
        words.contains { word in
            word.utf8CodeUnitCount == count
                && elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        }
    }
}
