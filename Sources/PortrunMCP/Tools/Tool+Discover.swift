import PortrunBase
import PortrunKit

extension Tool {
    static var discover: Tool {
        Tool(
            name: "discover", title: "What a project declares",
            description: """
                Shows the ports that a project's compose files publish, what is booked for each and how it moves, what \
                else two checkouts of the project cannot both have, and which files name an old port. Changes nothing.
                """,
            parameters: [],
            output: [
                ("project", JSONSchema.textOrNull), ("files", JSONSchema.texts),
                (
                    "ports",
                    JSONSchema.array(
                        JSONSchema.object([
                            ("service", JSONSchema.text), ("target", JSONSchema.number), ("protocol", JSONSchema.text),
                            ("published", JSONSchema.textOrNull), ("host_ip", JSONSchema.textOrNull),
                            ("variable", JSONSchema.textOrNull), ("file", JSONSchema.text), ("line", JSONSchema.number),
                            ("active", JSONSchema.flag), ("shared", JSONSchema.flag), ("kind", JSONSchema.text),
                            ("booked", JSONSchema.numberOrNull), ("moves", JSONSchema.textOrNull),
                        ]))
                ),
                (
                    "findings",
                    JSONSchema.array(
                        JSONSchema.object([
                            ("kind", JSONSchema.text), ("service", JSONSchema.textOrNull), ("name", JSONSchema.textOrNull),
                            ("file", JSONSchema.text), ("line", JSONSchema.number), ("message", JSONSchema.text),
                        ]))
                ),
                (
                    "addresses",
                    JSONSchema.array(
                        JSONSchema.object([
                            ("file", JSONSchema.text), ("line", JSONSchema.number), ("port", JSONSchema.number),
                            ("service", JSONSchema.text), ("follows", JSONSchema.textOrNull),
                        ]))
                ),
                (
                    "learned",
                    JSONSchema.array(
                        JSONSchema.object([
                            ("service", JSONSchema.text), ("port", JSONSchema.numberOrNull), ("protocol", JSONSchema.text),
                            ("booked", JSONSchema.number), ("listened_at", JSONSchema.text),
                        ]))
                ),
            ],
            effect: .looks
        ) { call in
            let checkout = try call.checkout()
            let look = try ProjectLook(in: checkout) { try call.openRegistry(of: checkout) }
            call.note(look.warnings)
            return .members(
                look.report.json.map { key, member in
                    switch member {
                    case .value(let value): (key, value)
                    case .elements(let count, let value): (key, .array((0..<count).map(value)))
                    }
                })
        }
    }
}
