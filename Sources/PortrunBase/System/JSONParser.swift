/// Reads a JSON document (RFC 8259) that another program wrote.
///
/// A number that is no whole one, or no `Int`, is read as null, but not in a message: nothing that is asked for is a
/// fraction.
package struct JSONParser {
    /// Deeper nesting is refused, as it would exhaust the stack.
    static let depthLimit = 100

    private var rest: ArraySlice<UInt8>
    /// What its values are taken from, and the file that it counts them for; nil for what is no project's.
    private let look: Look?
    private let path: String
    private var keepsFractions = false
    private var isStrict = false
    private var takesHalfPairs = true

    /// The one value in `bytes`; nil when they are anything else, such as a document cut short.
    ///
    /// - Parameters:
    ///   - look: limits the work; nil for what is no project's.
    ///   - path: that of the project's file.
    package static func value(of bytes: ArraySlice<UInt8>, _ look: Look? = nil, in path: String = "") -> JSONValue? {
        var parser = JSONParser(rest: bytes, look: look, path: path)
        return parser.document()
    }

    /// The one value in what a program sends that is to be taken by its word: as `message`, but half of a pair of surrogates
    /// is refused, as several of them would become one text; and where `isStrict`, a number with a point or an exponent
    /// is a fraction, as to Go and Rust.
    package static func strictValue(of bytes: ArraySlice<UInt8>, isStrict: Bool = false) -> JSONValue? {
        var parser = JSONParser(
            rest: bytes, look: nil, path: "", keepsFractions: true, isStrict: isStrict, takesHalfPairs: false)
        return parser.document()
    }

    /// The one value in what a program sends; a number that is no `Int` is a fraction there.
    package static func message(_ bytes: ArraySlice<UInt8>) -> JSONValue? {
        var parser = JSONParser(rest: bytes, look: nil, path: "", keepsFractions: true)
        return parser.document()
    }

    /// The one value in the file of a project at `path`; nil when it holds anything else, or is left out.
    package static func value(at path: String, _ look: Look) throws(FileError) -> JSONValue? {
        value(of: try look.read(path)[...], look, in: path)
    }

    private mutating func document() -> JSONValue? {
        guard let value = value(depth: 0) else { return nil }
        skipSpace()
        return rest.isEmpty ? value : nil
    }

    private mutating func value(depth: Int) -> JSONValue? {
        skipSpace()
        guard let first = rest.first, depth < Self.depthLimit, look?.spend(1, of: .values, in: path) ?? true
        else { return nil }
        switch first {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string().map { .string($0) }
        case UInt8(ascii: "t"): return skip("true") ? .boolean(true) : nil
        case UInt8(ascii: "f"): return skip("false") ? .boolean(false) : nil
        case UInt8(ascii: "n"): return skip("null") ? .null : nil
        default: return number()
        }
    }

    private mutating func object(depth: Int) -> JSONValue? {
        var pairs: [(key: String, value: JSONValue)] = []
        let isWhole = list(until: "}") { parser in
            parser.skipSpace()
            guard let key = parser.string() else { return false }
            parser.skipSpace()
            guard parser.skip(":"), let value = parser.value(depth: depth + 1) else { return false }
            pairs.append((key, value))
            return true
        }
        return isWhole ? .object(JSONValue.KeyValuePairs(pairs)) : nil
    }

    private mutating func array(depth: Int) -> JSONValue? {
        var elements: [JSONValue] = []
        let isWhole = list(until: "]") { parser in
            guard let element = parser.value(depth: depth + 1) else { return false }
            elements.append(element)
            return true
        }
        return isWhole ? .array(elements) : nil
    }

    /// Reads the elements between the bracket at the start and `end`, with commas between; `readElement` reads one.
    private mutating func list(until end: StaticString, _ readElement: (inout Self) -> Bool) -> Bool {
        rest.removeFirst()
        skipSpace()
        if skip(end) { return true }
        while readElement(&self) {
            skipSpace()
            if skip(end) { return true }
            guard skip(",") else { return false }
        }
        return false
    }

    private mutating func string() -> String? {
        guard skip("\"") else { return nil }
        var text: [UInt8] = []
        while true {
            let plain = rest.prefix { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
            text += plain
            rest = rest[plain.endIndex...]
            switch rest.popFirst() {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escape(), look?.goesOn(after: 1, in: path) ?? true else { return nil }
                if let encoded = UTF8.encode(scalar) { text += encoded }
            default: return nil
            }
        }
    }

    /// Reads the escape after a backslash. Half of a pair of surrogates is U+FFFD.
    private mutating func escape() -> Unicode.Scalar? {
        switch rest.popFirst() {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            guard let unit = codeUnit() else { return nil }
            guard UTF16.isLeadSurrogate(unit) else {
                return Unicode.Scalar(unit) ?? (takesHalfPairs ? "\u{FFFD}" : nil)
            }
            let before = rest
            guard skip("\\u"), let trail = codeUnit(), UTF16.isTrailSurrogate(trail) else {
                rest = before
                return takesHalfPairs ? "\u{FFFD}" : nil
            }
            return Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(trail) - 0xDC00))
        default: return nil
        }
    }

    /// Four hexadecimal digits.
    private mutating func codeUnit() -> UInt16? {
        var unit: UInt16 = 0
        for byte in rest.prefix(4) {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        guard rest.count >= 4 else { return nil }
        rest = rest.dropFirst(4)
        return unit
    }

    private mutating func number() -> JSONValue? {
        let digits = rest.prefix { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                true
            default: false
            }
        }
        rest = rest.dropFirst(digits.count)
        guard Self.isNumber(digits) else { return nil }
        let text = String(decoding: digits, as: UTF8.self)
        // `1.0` and `1e2` are whole numbers, too.
        let number = Double(text)
        if let whole = Int(text) ?? (isStrict ? nil : number.flatMap { Int(exactly: $0) }) { return .integer(whole) }
        guard keepsFractions, let number else { return .null }
        return .fraction(number.isFinite ? number : .greatestFiniteMagnitude)
    }

    private mutating func skipSpace() {
        rest = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    }

    private mutating func skip(_ word: StaticString) -> Bool {
        let bytes = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard rest.starts(with: bytes) else { return false }
        rest = rest.dropFirst(bytes.count)
        return true
    }
}
