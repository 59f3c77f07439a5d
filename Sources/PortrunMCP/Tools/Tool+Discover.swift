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
                ("project", Schema.textOrNull), ("files", Schema.texts),
                (
                    "ports",
                    Schema.array(
                        Schema.object([
                            ("service", Schema.text), ("target", Schema.number), ("protocol", Schema.text),
                            ("published", Schema.textOrNull), ("host_ip", Schema.textOrNull),
                            ("variable", Schema.textOrNull), ("file", Schema.text), ("line", Schema.number),
                            ("active", Schema.flag), ("shared", Schema.flag), ("kind", Schema.text),
                            ("booked", Schema.numberOrNull), ("moves", Schema.textOrNull),
                        ]))
                ),
                (
                    "findings",
                    Schema.array(
                        Schema.object([
                            ("kind", Schema.text), ("service", Schema.textOrNull), ("name", Schema.textOrNull),
                            ("file", Schema.text), ("line", Schema.number), ("message", Schema.text),
                        ]))
                ),
                (
                    "addresses",
                    Schema.array(
                        Schema.object([
                            ("file", Schema.text), ("line", Schema.number), ("port", Schema.number),
                            ("service", Schema.text), ("follows", Schema.textOrNull),
                        ]))
                ),
                (
                    "learned",
                    Schema.array(
                        Schema.object([
                            ("service", Schema.text), ("port", Schema.numberOrNull), ("protocol", Schema.text),
                            ("booked", Schema.number), ("listened_at", Schema.text),
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
