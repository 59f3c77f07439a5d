import PortrunBase
import PortrunKit

/// Something that has happened to a booking.
struct DaemonEvent: Sendable {
    let kind: Kind
    let observation: Observation
    /// The port that it had, where it has moved.
    var from: Port?

    enum Kind: String, Sendable, CaseIterable {
        /// It is new.
        case booked
        /// It has been given back, or has ended.
        case released
        /// A command, a container or a time to live holds it now.
        case live
        /// Nobody holds it any more, and nothing listens.
        case idle
        /// A program of its checkout listens on its port.
        case listening
        /// Another program listens on its port.
        case stranger
        /// It has another port.
        case moved
    }

    /// The booking, with what the kind adds.
    var json: JSONValue {
        guard case .object(let booking) = observation.status.json else { return .null }
        var members = booking.pairs
        if let from { members.append(("from", .integer(Int(from.number)))) }
        if case .stranger(let pid, let command) = observation.listener, kind == .stranger {
            members.append(
                (
                    "listener",
                    .object(["pid": .integer(orNull: pid.map(Int.init)), "command": .string(orNull: command)])
                ))
        }
        return .object(JSONValue.KeyValuePairs(members))
    }

    /// As an event stream has it (html.spec.whatwg.org, section 9.2).
    var frame: String { "event: \(kind.rawValue)\ndata: \(json.line)\n\n" }
}
