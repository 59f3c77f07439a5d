import PortrunBase
import PortrunKit

extension APIDocument {
    static let eventPath = base + "/events"

    /// What the document says of it: a stream is no document, so it stands in no row of the table.
    static let events = JSONValue.object([
        "get": .object([
            "operationId": .string("watch"),
            "summary": .string(
                "What happens to bookings, as server-sent events: "
                    + DaemonEvent.Kind.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
                    + ". The data of each is a booking; `moved` has the former port as `from`, `stranger` the `listener`."
            ),
            "responses": .object([
                "200": .object([
                    "description": .string("Events, until the client ends it."),
                    "content": .object(["text/event-stream": .object(["schema": Shape.text])]),
                ])
            ]),
        ])
    ])
}
