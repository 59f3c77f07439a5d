import PortrunBase

extension ComposeOverride {
    /// The file's content, the same for the same changes.
    package var text: String {
        var text = "# Made anew at each launch: lets this project run beside others.\n"
        let blocks = services.filter { !$0.fragments.isEmpty }
        if !blocks.isEmpty { text += "services:\n" }
        for block in blocks {
            text += "  \(JSONValue.string(block.name).text):\n"
            for fragment in block.fragments { Self.write(fragment, to: &text, indent: "    ") }
        }
        for section in sections {
            text += "\(section.name):\n"
            for fragment in section.fragments { Self.write(fragment, to: &text, indent: "  ") }
        }
        return text
    }

    /// A key with its value: a list as one line an element, anything else on the line of the key.
    private static func write(_ fragment: Fragment, to text: inout String, indent: String) {
        text += indent + JSONValue.string(fragment.key).text + ":"
        if let tag = fragment.tag { text += " " + tag }
        if case .array(let elements) = fragment.value, !elements.isEmpty {
            text += "\n"
            for element in elements {
                text += indent + "  - "
                write(element, to: &text)
                text += "\n"
            }
        } else {
            text += " "
            if case .object(let object) = fragment.value {
                write(object, replacing: fragment.replaced, to: &text)
            } else {
                write(fragment.value, to: &text)
            }
            text += "\n"
        }
    }

    /// A value on one line, as JSON, which is YAML; a `$` is doubled, or compose would take it for a variable.
    private static func write(_ value: JSONValue, to text: inout String) {
        switch value {
        case .null, .boolean, .integer, .fraction: text += value.text
        case .string:
            for scalar in value.text.unicodeScalars {
                if scalar == "$" { text += "$" }
                text.unicodeScalars.append(scalar)
            }
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += ", " }
                write(element, to: &text)
            }
            text += "]"
        case .object(let object): write(object, replacing: [:], to: &text)
        }
    }

    /// An object on one line, and behind its pairs those of `replaced` with the tag for it.
    private static func write(
        _ object: JSONValue.KeyValuePairs, replacing replaced: JSONValue.KeyValuePairs, to text: inout String
    ) {
        let count = object.pairs.count
        let pairs = object.pairs + replaced.pairs
        text += pairs.isEmpty ? "{" : "{ "
        for (index, pair) in pairs.enumerated() {
            if index > 0 { text += ", " }
            text += JSONValue.string(pair.key).text + ": " + (index < count ? "" : "!override ")
            write(pair.value, to: &text)
        }
        text += pairs.isEmpty ? "}" : " }"
    }
}
