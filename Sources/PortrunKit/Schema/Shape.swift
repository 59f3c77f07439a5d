import PortrunBase

/// Parts of JSON schemas (draft 2020-12), of the objects that docs/json.md describes.
package enum Shape {
    package static func object(
        _ properties: [(key: String, value: JSONValue)], required: [String]? = nil, isClosed: Bool = false
    ) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("type", .string("object")), ("properties", .object(JSONValue.KeyValuePairs(properties))),
        ]
        let required = required ?? properties.map(\.key)
        if !required.isEmpty { members.append(("required", .array(required.map { .string($0) }))) }
        if isClosed { members.append(("additionalProperties", .boolean(false))) }
        return .object(JSONValue.KeyValuePairs(members))
    }

    package static func array(_ elements: JSONValue) -> JSONValue {
        .object(["type": .string("array"), "items": elements])
    }

    package static let text = type("string")
    package static let textOrNull = type("string", "null")
    package static let number = type("integer")
    package static let numberOrNull = type("integer", "null")
    package static let flag = type("boolean")
    package static let texts = array(text)

    private static func type(_ names: String...) -> JSONValue {
        .object(["type": names.count == 1 ? .string(names[0]) : .array(names.map { .string($0) })])
    }

    package static func choice(_ words: String...) -> JSONValue {
        .object(["type": .string("string"), "enum": .array(words.map { .string($0) })])
    }

    /// A booking, as `status --json` prints it.
    package static let booking = object([
        ("id", number), ("context", text), ("label", text), ("path", text), ("service", text), ("port", number),
        ("count", number), ("declared", numberOrNull), ("protocol", choice("tcp", "udp")), ("target", numberOrNull),
        ("variable", textOrNull), ("source", text), ("state", choice("live", "listening", "idle")),
        ("pid", numberOrNull), ("command", textOrNull), ("expires", textOrNull), ("description", textOrNull),
        ("last_used", text),
    ])

    package static let bookings = array(booking)
}
