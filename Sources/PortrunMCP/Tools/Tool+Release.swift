import PortrunBase
import PortrunKit

extension Tool {
    static var release: Tool {
        Tool(
            name: "release", title: "Give ports back",
            description: """
                Gives bookings of a checkout back, all that are named or none. What a running command or container \
                holds is not released. Bookings may stay: they cost nothing, and keep the same ports for the next start.
                """,
            parameters: [
                .services("The services."),
                Parameter(
                    name: "all", kind: .flag,
                    description: "Release every booking of the checkout, instead of `services`."),
            ],
            output: [("bookings", Shape.bookings)],
            effect: .releases
        ) { call in
            let checkout = try call.checkout()
            let services = try call.services()
            guard services.isEmpty == call.flag("all") else {
                throw ArgumentError.together(
                    "say what to release: either `services`, or `all`",
                    next: "give `services`; the tool `status` lists them")
            }
            let released = try checkout.release(
                .own(services), in: call.openRegistry(of: checkout), beside: checkout.runningContainers())
            return .members([("bookings", .array(released.map(\.json)))])
        }
    }
}
