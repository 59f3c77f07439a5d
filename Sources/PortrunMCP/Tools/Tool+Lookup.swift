import PortrunBase
import PortrunKit

extension Tool {
    static var lookup: Tool {
        Tool(
            name: "lookup", title: "Where a service runs",
            description: """
                Finds the port of services that run now, in any checkout: this one first, then others of the same app \
                and repository, then all. Gives the best match for each service. Changes nothing.
                """,
            parameters: [
                .services("The services.", isRequired: true),
                Parameter(name: "all", kind: .flag, description: "Give every match, the best one first."),
            ],
            output: [("bookings", Shape.bookings)],
            effect: .looks
        ) { call in
            let checkout = try call.checkout()
            let services = try call.services()
            let registry = try call.openRegistry(of: checkout)
            let containers = checkout.runningContainers()
            var bookings: [JSONValue] = []
            for service in services {
                let found = try checkout.lookUp(service, in: registry, beside: containers)
                if found.isEmpty {
                    call.note(
                        "no `\(service)` runs on this machine; start it with `portrun -- COMMAND`, then call `wait`")
                }
                bookings += (call.flag("all") ? found[...] : found.prefix(1)).map(\.json)
            }
            return .members([("bookings", .array(bookings))])
        }
    }
}
