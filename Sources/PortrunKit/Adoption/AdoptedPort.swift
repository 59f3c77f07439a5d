import PortrunBase

/// What became of a port that was found.
package struct AdoptedPort: Sendable {
    /// The port, under the name that it has now.
    package internal(set) var found: FoundPort
    /// The context had it before.
    package internal(set) var isKept = false
    package internal(set) var refusal: ClaimError?
    /// Why it is not the port that the files name; nil where it is.
    package internal(set) var move: Move?

    /// One object; docs/json.md has its keys.
    package var json: JSONValue {
        .object([
            "service": .string(found.service.description), "port": .integer(Int(found.ports.first.number)),
            "count": .integer(found.ports.count), "protocol": .string(found.transport.rawValue),
            "target": .integer(orNull: found.target.map { Int($0.number) }),
            "variable": .string(orNull: found.variable),
            "found": .array(
                found.places.map { .object(["file": .string($0.file), "line": .integer($0.line)]) }),
            "refused": .string(orNull: refusal?.message),
        ])
    }
}
