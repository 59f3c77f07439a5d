import PortrunBase
import PortrunKit

extension Tool {
    static var check: Tool {
        Tool(
            name: "check", title: "Who has a port",
            description: """
                Tells whether a port of this machine is free, and if not who has it: bookings, containers, and programs \
                that listen, for TCP and UDP on every address. Changes nothing.
                """,
            parameters: [
                Parameter(
                    name: "port", kind: .number(Parameter.anyPort), description: "The port.", isRequired: true)
            ],
            output: [
                ("port", Shape.number), ("free", Shape.flag), ("bookings", Shape.bookings),
                (
                    "containers",
                    Shape.array(
                        Shape.object([
                            ("name", Shape.text), ("project", Shape.textOrNull), ("service", Shape.textOrNull),
                            ("protocol", Shape.text),
                        ]))
                ),
                (
                    "listeners",
                    Shape.array(
                        Shape.object([
                            ("protocol", Shape.text), ("address", Shape.textOrNull), ("pid", Shape.numberOrNull),
                            ("command", Shape.textOrNull), ("user", Shape.textOrNull),
                        ]))
                ),
            ],
            effect: .looks
        ) { call in
            let checkout = try call.checkout()
            guard let port = call.port() else { return .members([]) }
            let registry = try call.openRegistry(of: checkout)
            let report = try PortReport(on: port, seenFrom: checkout, in: registry, uid: call.host.uid)
            guard case .object(let members) = report.json else { return .members([]) }
            return .members(members.pairs)
        }
    }
}
