/// A JSON document that keeps the order of its keys.
package indirect enum JSONValue: Sendable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int)
    /// A finite number.
    case fraction(Double)
    case string(String)
    case array([JSONValue])
    case object(KeyValuePairs)

    /// Keys with their values, in the order of printing.
    package struct KeyValuePairs: Sendable, Equatable, ExpressibleByDictionaryLiteral {
        package var pairs: [(key: String, value: JSONValue)]

        package init(_ pairs: [(key: String, value: JSONValue)]) { self.pairs = pairs }
        package init(dictionaryLiteral elements: (String, JSONValue)...) {
            pairs = elements.map { (key: $0.0, value: $0.1) }
        }
        package static func == (left: Self, right: Self) -> Bool {
            left.pairs.elementsEqual(right.pairs) { $0.key == $1.key && $0.value == $1.value }
        }
    }

    /// A string, or null for nil.
    package static func string(orNull text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    /// A number, or null for nil.
    package static func integer(orNull number: Int?) -> JSONValue { number.map { .integer($0) } ?? .null }

    /// The document as text, two spaces a level, without a line break at its end (RFC 8259).
    package var text: String {
        var text: [UInt8] = []
        write(to: &text, indent: 0)
        return String(decoding: text, as: UTF8.self)
    }

    /// The document on one line, without blanks between its parts.
    package var line: String { String(decoding: lineBytes, as: UTF8.self) }

    /// Likewise, as bytes of UTF-8.
    package var lineBytes: [UInt8] {
        var text: [UInt8] = []
        write(to: &text, indent: nil)
        return text
    }

    /// - Parameter indent: the level that it stands on; nil where all is to be on one line.
    private func write(to text: inout [UInt8], indent: Int?) {
        switch self {
        case .null: text += "null".utf8
        case .boolean(let value): text += (value ? "true" : "false").utf8
        case .integer(let value): text += String(value).utf8
        case .fraction(let value): text += value.description.utf8
        case .string(let value): Self.write(value, to: &text)
        case .array(let values):
            Self.write(values, "[", "]", to: &text, indent: indent) { value, text in
                value.write(to: &text, indent: indent.map { $0 + 1 })
            }
        case .object(let object):
            Self.write(object.pairs, "{", "}", to: &text, indent: indent) { pair, text in
                Self.write(pair.key, to: &text)
                text.append(UInt8(ascii: ":"))
                if indent != nil { text.append(UInt8(ascii: " ")) }
                pair.value.write(to: &text, indent: indent.map { $0 + 1 })
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], _ open: Unicode.Scalar, _ close: Unicode.Scalar, to text: inout [UInt8], indent: Int?,
        _ writeElement: (Element, inout [UInt8]) -> Void
    ) {
        text.append(UInt8(ascii: open))
        for (index, element) in elements.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            if let indent { breakLine(indent + 1, &text) }
            writeElement(element, &text)
        }
        if let indent, !elements.isEmpty { breakLine(indent, &text) }
        text.append(UInt8(ascii: close))
    }

    private static func breakLine(_ indent: Int, _ text: inout [UInt8]) {
        text.append(UInt8(ascii: "\n"))
        text += repeatElement(UInt8(ascii: " "), count: 2 * indent)
    }

    private static func write(_ string: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        if isPlain(string) { text += string.utf8 } else { writeScalars(of: string, to: &text) }
        text.append(UInt8(ascii: "\""))
    }

    /// True for what stands in a document as it is, which nearly every string is: of ASCII, without quotes and controls.
    private static func isPlain(_ string: String) -> Bool {
        var string = string
        return string.withUTF8 { bytes in
            bytes.allSatisfy { byte in
                (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            }
        }
    }

    private static func writeScalars(of string: String, to text: inout [UInt8]) {
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\"".utf8
            case "\\": text += "\\\\".utf8
            case "\n": text += "\\n".utf8
            case "\r": text += "\\r".utf8
            case "\t": text += "\\t".utf8
            // Not all of these need it (RFC 8259, section 7), but it may be a terminal that gets the document, a file of
            // YAML or a program of JavaScript, which end a line at more of them and take not all.
            case _ where TerminalText.obeys(scalar) || (0xFFFE...0xFFFF).contains(scalar.value):
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    text += "\\u".utf8
                    text += repeatElement(UInt8(ascii: "0"), count: 4 - digits.count)
                    text += digits.utf8
                }
            default: text += String(scalar).utf8
            }
        }
    }
}
