import PortrunBase

extension JSONSource {
    /// The value at a pointer, read without its comments; nil where there is none.
    package func value(at pointer: String) -> JSONValue? {
        var node = root
        for key in JSONPointer.keys(of: pointer) {
            // Readers take the last of two equal keys.
            guard case .object(let members) = node.kind,
                let member = members.last(where: { Array($0.key.utf8) == key })
            else { return nil }
            node = member.value
        }
        return value(of: node)
    }

    private func value(of node: Node) -> JSONValue? {
        switch node.kind {
        case .object(let members):
            .object(JSONValue.KeyValuePairs(members.map { ($0.key, value(of: $0.value) ?? .null) }))
        case .array(let elements): .array(elements.map { value(of: $0) ?? .null })
        case .string, .other: JSONParser.value(of: bytes[node.range])
        }
    }
}
