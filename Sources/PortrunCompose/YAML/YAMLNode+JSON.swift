import PortrunBase

extension YAMLNode {
    /// The document as JSON has it; numbers that JSON has no spelling for are strings.
    var json: JSONValue {
        switch content {
        case .sequence(let elements): .array(elements.map(\.json))
        case .mapping(let pairs): .object(JSONValue.KeyValuePairs(pairs.map { ($0.key, $0.value.json) }))
        case .scalar(let scalar):
            switch value {
            case .null?, nil: .null
            case .boolean(let value)?: .boolean(value)
            case .integer(let number)?: .integer(number)
            case .fraction(let number)?: number.isFinite ? .fraction(number) : .string(scalar.text)
            case .string(let text)?: .string(text)
            }
        }
    }
}
