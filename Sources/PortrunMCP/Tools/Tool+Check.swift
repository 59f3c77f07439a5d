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
                ("port", Schema.number), ("free", Schema.flag), ("bookings", Schema.bookings),
                (
                    "containers",
                    Schema.array(
                        Schema.object([
                            ("name", Schema.text), ("project", Schema.textOrNull), ("service", Schema.textOrNull),
                            ("protocol", Schema.text),
                        ]))
                ),
                (
                    "listeners",
                    Schema.array(
                        Schema.object([
                            ("protocol", Schema.text), ("address", Schema.textOrNull), ("pid", Schema.numberOrNull),
                            ("command", Schema.textOrNull), ("user", Schema.textOrNull),
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
