import HummingbirdCore
import NIOCore
import PortrunBase
import PortrunKit
import ServiceLifecycle

extension Route {
    static let eventPath = APIDocument.base + "/events"

    /// What happens to bookings, as it happens, until the client or the daemon ends it.
    static let events = Route(.get, eventPath) { call in
        let frames: AsyncStream<String>
        do { frames = try call.core.events.frames() } catch {
            throw Problem(.serviceUnavailable, "system", "the system has no watches left")
        }
        return Answer(
            .ok, headers: [.contentType: "text/event-stream"],
            body: ResponseBody { writer in
                for await frame in frames.cancelOnGracefulShutdown() {
                    try await writer.write(ByteBuffer(string: frame))
                }
                try await writer.finish(nil)
            })
    }
}

extension APIDocument {
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
