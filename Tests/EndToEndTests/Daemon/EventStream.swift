import PortrunBase
import Testing

/// An open stream of a daemon's events.
final class EventStream {
    private let connection: HTTPConnection

    struct Event {
        let kind: String
        let data: JSONValue

        var service: String? { data["service"]?.string }
    }

    /// What happens from now on is told.
    init(of daemon: TestDaemon) throws {
        connection = try HTTPConnection(daemon.address)
        connection.send(
            "GET /api/v1/events HTTP/1.1\r\nHost: \(daemon.address)\r\nAccept: text/event-stream\r\n\r\n")
        let head = try connection.read(through: "\r\n\r\n")
        try #require(head.hasPrefix("HTTP/1.1 200 ") && head.contains("text/event-stream"))
        _ = try connection.read(through: ": portrun\n\n")
    }

    func next() throws -> Event {
        _ = try connection.read(through: "event: ")
        let kind = try connection.read(through: "\n").dropLast()
        _ = try connection.read(through: "data: ")
        let data = try connection.read(through: "\n\n")
        return Event(kind: String(kind), data: JSONParser.value(of: Array(data.utf8)[...]) ?? .null)
    }

    /// The next event is of this kind, and about this service.
    func expect(_ kind: String, _ service: String) throws -> JSONValue {
        let event = try next()
        #expect(event.kind == kind && event.service == service, "\(event)")
        return event.data
    }

    func waitForEnd() throws { try connection.waitForEnd() }
}
