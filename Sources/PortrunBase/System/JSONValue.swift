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
        var text = ""
        write(to: &text, indent: 0)
        return text
    }

    /// The document on one line, without blanks between its parts.
    package var line: String {
        var text = ""
        write(to: &text, indent: nil)
        return text
    }

    /// - Parameter indent: the level that it stands on; nil where all is to be on one line.
    private func write(to text: inout String, indent: Int?) {
        switch self {
        case .null: text += "null"
        case .boolean(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .fraction(let value): text += value.description
        case .string(let value): Self.write(value, to: &text)
        case .array(let values):
            Self.write(values, "[", "]", to: &text, indent: indent) { value, text in
                value.write(to: &text, indent: indent.map { $0 + 1 })
            }
        case .object(let object):
            Self.write(object.pairs, "{", "}", to: &text, indent: indent) { pair, text in
                Self.write(pair.key, to: &text)
                text += indent == nil ? ":" : ": "
                pair.value.write(to: &text, indent: indent.map { $0 + 1 })
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], _ open: String, _ close: String, to text: inout String, indent: Int?,
        _ writeElement: (Element, inout String) -> Void
    ) {
        text += open
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            if let indent { text += "\n" + String(repeating: "  ", count: indent + 1) }
            writeElement(element, &text)
        }
        if let indent, !elements.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
        text += close
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            // Not all of these need it (RFC 8259, section 7), but it may be a terminal that gets the document, a file of
            // YAML or a program of JavaScript, which end a line at more of them and take not all.
            case _ where TerminalText.obeys(scalar) || (0xFFFE...0xFFFF).contains(scalar.value):
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
