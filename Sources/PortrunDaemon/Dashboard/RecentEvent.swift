import PortrunBase

/// Something that has happened, as the page tells of it.
struct RecentEvent: Sendable {
    /// The hash of the checkout.
    let context: String
    let text: String
    /// Seconds since 1970.
    let time: Int64

    func html(now: Int64) -> HTML { "<li>\(Age(since: time, now: now).html) \(text)</li>\n" }

    /// The same as a frame of an event stream.
    var frame: String {
        let data = JSONValue.object([
            "context": .string(context), "text": .string(TerminalText.onOneLine(text)),
            "time": .string(Timestamp(time).text),
        ])
        return "event: change\ndata: \(data.line)\n\n"
    }
}

extension RecentEvent {
    /// - Parameter frame: of the API's event stream; nil for one that is no event.
    init?(_ frame: String, at time: Int64) {
        let lines = frame.split(separator: "\n").map(String.init)
        guard let kind = lines.first?.rest(after: "event: "), let data = lines.dropFirst().first?.rest(after: "data: "),
            let booking = JSONParser.value(of: Array(data.utf8)[...]), let context = booking["context"]?.string,
            let service = booking["service"]?.string, let label = booking["label"]?.string,
            let port = booking["port"]?.integer
        else { return nil }
        let subject = "\(service) of \(label)"
        self.context = context
        self.time = time
        text =
            switch kind {
            case "booked": "\(subject) has booked \(port)"
            case "released": "\(subject) has given \(port) back"
            case "live": "\(subject) is held: \(booking["command"]?.string ?? "for a time")"
            case "listening": "\(subject) listens on \(port)"
            case "stranger": "a stranger listens on \(port) of \(subject)"
            case "moved": "\(subject) has moved from \(booking["from"]?.integer ?? 0) to \(port)"
            default: "\(subject) is \(kind)"
            }
    }
}
