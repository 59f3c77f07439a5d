import PortrunBase

/// An argument that a caller gives as JSON, or in an address, by its name.
package struct Parameter: Sendable {
    package let name: String
    package let kind: Kind
    package let description: String
    package var isRequired = false

    package enum Kind: Sendable {
        case text
        /// A list of one text to so many.
        case texts(limit: Int)
        /// From one number to another.
        case number(ClosedRange<Int>)
        case flag
        /// One of these words.
        case choice([String])
        /// The name of a service.
        case service
        /// A list of one service to so many.
        case services(limit: Int)
        /// The absolute path of a folder.
        case folder
        /// Two ports with a dash between them, or one.
        case range
        /// What somebody calls a context.
        case name
        /// What somebody says of a booking.
        case note
    }

    package init(name: String, kind: Kind, description: String, isRequired: Bool = false) {
        self.name = name
        self.kind = kind
        self.description = description
        self.isRequired = isRequired
    }

    /// Whether a value is what the place wants.
    package func takes(_ value: JSONValue) -> Bool {
        switch kind {
        case .text: value.string != nil
        case .texts(let limit):
            value.elements.map { (1...limit).contains($0.count) && $0.allSatisfy { $0.string != nil } } ?? false
        case .number(let range): value.integer.map(range.contains) ?? false
        case .flag: if case .boolean = value { true } else { false }
        case .choice(let words): value.string.map { word in words.contains { $0 == word } } ?? false
        case .service: Self.isService(value)
        case .services(let limit):
            value.elements.map { (1...limit).contains($0.count) && $0.allSatisfy(Self.isService) } ?? false
        case .folder: value.string.map { $0.hasPrefix("/") && !$0.utf8.contains(0) } ?? false
        case .range: value.string.map { PortRange($0) != nil || PortRange.isReversed($0[...]) } ?? false
        case .name: value.string.map(ContextName.isName) ?? false
        case .note: value.string.map { Description($0) != nil } ?? false
        }
    }

    private static func isService(_ value: JSONValue) -> Bool {
        value.string.map { ServiceName($0) != nil } ?? false
    }

    /// What the place wants, for people.
    package var wanted: String {
        switch kind {
        case .text: "a text"
        case .texts(let limit): "a list of 1 to \(limit) texts"
        case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .flag: "true or false"
        case .choice(let words): "one of \(words.joined(separator: ", "))"
        case .service: "a name of 1 to \(ServiceName.byteLimit) bytes without control characters"
        case .services(let limit):
            "a list of 1 to \(limit) names of 1 to \(ServiceName.byteLimit) bytes without control characters"
        case .folder: "the absolute path of a folder"
        case .range: "a range of ports such as 4000-4099"
        case .name: "a name of 1 to 255 bytes on one line"
        case .note: "a text of 1 to 1000 bytes on one line"
        }
    }

    package var schema: JSONValue {
        let type: [(key: String, value: JSONValue)] =
            switch kind {
            case .text: [("type", .string("string"))]
            case .texts(let limit): Self.list(of: Shape.text, limit: limit)
            case .number(let range):
                [
                    ("type", .string("integer")), ("minimum", .integer(range.lowerBound)),
                    ("maximum", .integer(range.upperBound)),
                ]
            case .flag: [("type", .string("boolean"))]
            case .choice(let words): [("type", .string("string")), ("enum", .array(words.map { .string($0) }))]
            case .service: Self.service
            case .services(let limit):
                Self.list(of: .object(JSONValue.KeyValuePairs(Self.service)), limit: limit)
            case .folder: [("type", .string("string")), ("pattern", .string("^/[^\\u0000]*$"))]
            case .range: Self.line("^\(Self.port)(-\(Self.port))?$", limit: 11)
            case .name: Self.line("^[^\(Self.breaks)]*[^\\s\(Self.breaks)][^\(Self.breaks)]*$", limit: 255)
            case .note: Self.line("^[^\(Self.controls)]+$", limit: 1000)
            }
        return .object(JSONValue.KeyValuePairs(type + [("description", .string(description))]))
    }

    private static let service = line("^[^\(controls)]+$", limit: ServiceName.byteLimit)

    /// A text with a pattern (ECMA-262), of so many characters at the most.
    private static func line(_ pattern: String, limit: Int) -> [(key: String, value: JSONValue)] {
        [
            ("type", .string("string")), ("pattern", .string(pattern)), ("minLength", .integer(1)),
            ("maxLength", .integer(limit)),
        ]
    }

    private static let controls = "\\u0000-\\u001f\\u007f-\\u009f"
    private static let breaks = controls + "\\u2028\\u2029"
    /// 1 to 65535.
    private static let port =
        "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"

    private static func list(of element: JSONValue, limit: Int) -> [(key: String, value: JSONValue)] {
        [
            ("type", .string("array")), ("items", element), ("minItems", .integer(1)), ("maxItems", .integer(limit)),
        ]
    }

    /// What every tool for agents takes.
    package static let checkout = Parameter(
        name: "checkout", kind: .text,
        description:
            "The folder of the checkout that is meant, or one inside it; default: where the server was started.")

    package static func services(_ description: String, isRequired: Bool = false) -> Parameter {
        Parameter(name: "services", kind: .texts(limit: 100), description: description, isRequired: isRequired)
    }

    package static let anyPort = 1...65535
}
