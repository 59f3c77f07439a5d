import PortrunBase
import PortrunKit
import PortrunRegistry

/// A booking as the page shows it.
struct DashboardRow: Sendable {
    let status: BookingStatus
    /// Who listens on its port.
    let presence: Observation.Presence
    /// When the process that holds it began to, in seconds since 1970.
    let heldSince: Int64?
    /// Likewise, the moment of the page.
    let now: Int64

    private var booking: Booking { status.booking }

    /// In one word, by which it can be searched, too.
    var state: String {
        switch presence {
        case .stranger: "stranger"
        case .own: "listening"
        case .nobody: status.isLive ? "held" : "idle"
        }
    }

    /// What a browser opens; nil where no web service listens.
    var link: String? {
        guard state == "listening", booking.transport == .tcp else { return nil }
        switch ServiceKind(service: booking.service.description, on: booking.port) {
        case .web, .other, .elasticsearch, .meilisearch: return "http://localhost:\(booking.port)"
        case .postgres, .mysql, .redis, .mongodb, .rabbitmq, .kafka, .debug: return nil
        }
    }

    /// What a search looks at, in small letters, beside what is there of its checkout.
    var searched: String { "\(booking.service) \(ports) \(state) \(holder ?? "")".lowercased() }

    private var ports: String { booking.count > 1 ? booking.ports.description : booking.port.description }

    private var holder: String? {
        guard let holder = status.holder else { return nil }
        return (holder.pid.map { "pid \($0) " } ?? "") + holder.command
    }

    var html: HTML {
        """
        <tr id="b\(booking.id)" class="\(state)"><th scope="row">\(booking.service.description)</th>\
        <td class="port">\(port)</td><td class="state">\(stateName)</td>\
        <td class="holder">\(holders)</td><td class="age">\(age)</td><td class="actions">\(copy)\(release)</td></tr>

        """
    }

    private var port: HTML {
        let number: HTML =
            link.map { "<a href=\"\($0)\" target=\"_blank\" rel=\"noopener\">\(ports)</a>" } ?? "\(ports)"
        let transport: HTML = booking.transport == .udp ? " udp" : ""
        guard booking.isMoved, let declared = booking.declared else { return "\(number)\(transport)" }
        return "\(number)\(transport) <small>from \(declared.number)</small>"
    }

    private var stateName: HTML { state == "stranger" ? "a stranger" : "\(state)" }

    private var holders: HTML {
        var parts: [HTML] = []
        if let holder { parts.append("\(TerminalText.cut(holder, to: 120))") }
        if case .stranger(let pid, let command) = presence {
            let program = [pid.map { "pid \($0)" }, command].compactMap { $0 }.joined(separator: " ")
            parts.append("<em>\(program.isEmpty ? "an unknown program" : TerminalText.cut(program, to: 120))</em>")
        }
        return "\(parts.enumerated().map { $0 == 0 ? $1 : "<br>\($1)" })"
    }

    private var age: HTML { heldSince.map { Age(since: $0, now: now).html } ?? "" }

    private var copy: HTML {
        let text = link ?? booking.port.description
        return "<button type=\"button\" class=\"copy\" data-copy=\"\(text)\" aria-label=\"Copy \(text)\">Copy</button>"
    }

    private var release: HTML {
        "<a class=\"release\" href=\"/release/\(booking.id)\" aria-label=\"Release \(booking.service.description)\">Release</a>"
    }
}

/// How long ago something was.
struct Age {
    let since: Int64
    let now: Int64

    /// The script of the page counts on from the moment in it.
    var html: HTML { "<time datetime=\"\(Timestamp(since).text)\">\(text)</time>" }

    var text: String {
        switch max(now - since, 0) {
        case let seconds where seconds < 60: "\(seconds) s"
        case let seconds where seconds < 3600: "\(seconds / 60) min"
        case let seconds where seconds < 86400: "\(seconds / 3600) h"
        case let seconds: "\(seconds / 86400) d"
        }
    }
}
