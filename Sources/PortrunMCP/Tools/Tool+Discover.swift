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
                ("project", Shape.textOrNull), ("files", Shape.texts),
                (
                    "ports",
                    Shape.array(
                        Shape.object([
                            ("service", Shape.text), ("target", Shape.number), ("protocol", Shape.text),
                            ("published", Shape.textOrNull), ("host_ip", Shape.textOrNull),
                            ("variable", Shape.textOrNull), ("file", Shape.text), ("line", Shape.number),
                            ("active", Shape.flag), ("shared", Shape.flag), ("kind", Shape.text),
                            ("booked", Shape.numberOrNull), ("moves", Shape.textOrNull),
                        ]))
                ),
                (
                    "findings",
                    Shape.array(
                        Shape.object([
                            ("kind", Shape.text), ("service", Shape.textOrNull), ("name", Shape.textOrNull),
                            ("file", Shape.text), ("line", Shape.number), ("message", Shape.text),
                        ]))
                ),
                (
                    "addresses",
                    Shape.array(
                        Shape.object([
                            ("file", Shape.text), ("line", Shape.number), ("port", Shape.number),
                            ("service", Shape.text), ("follows", Shape.textOrNull),
                        ]))
                ),
                (
                    "learned",
                    Shape.array(
                        Shape.object([
                            ("service", Shape.text), ("port", Shape.numberOrNull), ("protocol", Shape.text),
                            ("booked", Shape.number), ("listened_at", Shape.text),
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
