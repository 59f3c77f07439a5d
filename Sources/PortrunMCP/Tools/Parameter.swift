import PortrunBase

/// An argument that a tool takes.
struct Parameter {
    let name: String
    let kind: Kind
    let description: String
    var isRequired = false

    enum Kind {
        case text
        /// A list of one text to so many.
        case texts(limit: Int)
        /// From one number to another.
        case number(ClosedRange<Int>)
        case flag
        /// One of these words.
        case choice([String])
    }

    /// Whether a value is what the place wants.
    func takes(_ value: JSONValue) -> Bool {
        switch kind {
        case .text: value.string != nil
        case .texts(let limit):
            value.elements.map { (1...limit).contains($0.count) && $0.allSatisfy { $0.string != nil } } ?? false
        case .number(let range): value.integer.map(range.contains) ?? false
        case .flag: if case .boolean = value { true } else { false }
        case .choice(let words): value.string.map { word in words.contains { $0 == word } } ?? false
        }
    }

    /// What the place wants, for people.
    var wanted: String {
        switch kind {
        case .text: "a text"
        case .texts(let limit): "a list of 1 to \(limit) texts"
        case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .flag: "true or false"
        case .choice(let words): "one of \(words.joined(separator: ", "))"
        }
    }

    var schema: JSONValue {
        let type: [(key: String, value: JSONValue)] =
            switch kind {
            case .text: [("type", .string("string"))]
            case .texts(let limit):
                [
                    ("type", .string("array")), ("items", Shape.text), ("minItems", .integer(1)),
                    ("maxItems", .integer(limit)),
                ]
            case .number(let range):
                [
                    ("type", .string("integer")), ("minimum", .integer(range.lowerBound)),
                    ("maximum", .integer(range.upperBound)),
                ]
            case .flag: [("type", .string("boolean"))]
            case .choice(let words): [("type", .string("string")), ("enum", .array(words.map { .string($0) }))]
            }
        return .object(JSONValue.KeyValuePairs(type + [("description", .string(description))]))
    }

    /// What every tool takes.
    static let checkout = Parameter(
        name: "checkout", kind: .text,
        description:
            "The folder of the checkout that is meant, or one inside it; default: where the server was started.")

    static func services(_ description: String, isRequired: Bool = false) -> Parameter {
        Parameter(name: "services", kind: .texts(limit: 100), description: description, isRequired: isRequired)
    }

    static let anyPort = 1...65535
}
