extension JSONValue {
    /// The last value of `key` in an object; nil in anything else.
    package subscript(key: String) -> JSONValue? {
        if case .object(let object) = self { object.pairs.last { $0.key == key }?.value } else { nil }
    }

    package var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    package var integer: Int? {
        if case .integer(let number) = self { number } else { nil }
    }
}
