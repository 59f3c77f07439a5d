import PortrunBase
import PortrunKit

extension Tool {
    static var explain: Tool {
        Tool(
            name: "explain", title: "What a command would get",
            description: """
                Shows which environment variables a command would get from `portrun -- COMMAND` in a checkout, and why, \
                with its arguments as they would be. Without a command, shows what a shell would get. Runs nothing, \
                books nothing.
                """,
            parameters: [
                Parameter(
                    name: "command", kind: .texts(limit: 4096),
                    description: "The command and its arguments, such as [\"npm\", \"run\", \"dev\"]."),
                .services("Further services that are to be booked for it."),
            ],
            output: [
                ("context", Shape.text),
                (
                    "variables",
                    Shape.array(
                        Shape.object([
                            ("name", Shape.text), ("action", Shape.choice("set", "changed", "removed", "left")),
                            ("old", Shape.textOrNull), ("new", Shape.textOrNull), ("reason", Shape.text),
                            ("services", Shape.texts), ("file", Shape.textOrNull), ("line", Shape.numberOrNull),
                        ]))
                ),
                (
                    "arguments",
                    .object(["type": .array([.string("array"), .string("null")]), "items": Shape.text])
                ),
                ("translations", Shape.texts),
                (
                    "container_values",
                    Shape.array(
                        Shape.object([
                            ("service", Shape.text), ("name", Shape.text), ("old", Shape.text),
                            ("new", Shape.text), ("file", Shape.text), ("line", Shape.number),
                        ]))
                ),
            ],
            effect: .looks
        ) { call in
            let checkout = try call.checkout()
            var options = LaunchOptions()
            options.wishes.books = try call.services()
            // A compose file that the command would read from its standard input is not read: that is the client's.
            let explained = try ExplainedCommand(call.texts("command"), options, in: checkout) {
                try call.openRegistry(of: checkout)
            }
            call.note(explained.warnings)
            for notice in explained.notices { call.note(notice) }
            guard case .object(let members) = explained.explanation.json else { return .members([]) }
            return .members(members.pairs)
        }
    }
}
