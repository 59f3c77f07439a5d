import PortrunBase
import PortrunKit

extension Tool {
    static var doctor: Tool {
        Tool(
            name: "doctor", title: "Look for trouble",
            description: """
                Looks for trouble in the registry of ports and in the tools that portrun works with. Each finding has a \
                next step; none means that all is well. Changes nothing.
                """,
            parameters: [],
            output: [
                (
                    "findings",
                    Shape.array(
                        Shape.object([("check", Shape.text), ("message", Shape.text), ("step", Shape.text)]))
                )
            ],
            effect: .looks
        ) { call in
            .members([("findings", .array(try call.checkout().examine().map(\.json)))])
        }
    }
}
