import PortrunBase

/// The result of booking.
package struct BookingOutcome: Sendable {
    /// All of them, in their order.
    package internal(set) var requests: [BookedRequest] = []
    /// The services that did not get, or did not keep, the port they should have.
    package var moves: [Move] = []

    /// What nothing but the project's text asks for, and no port was free for; or what would be more than `mostPorts`.
    package var leftOut: [ServiceRequest] = []
    /// How many of them are more than `mostPorts` would bear.
    var beyondLimit = 0

    /// What idle bookings of other checkouts gave up for it, each in a sentence.
    package internal(set) var yields: [String] = []

    /// As many ports as a project may have by its text: whoever declares all there are would leave none to others.
    static let mostPorts = 16384

    /// All that the user should hear of, each in a sentence.
    package var notices: [String] {
        var notices = Self.shortened(moves.map(\.message)) {
            "and \($0) more moved from their numbers: `portrun status` lists them"
        }
        if let leftOutNotice { notices.append(leftOutNotice) }
        // A block of thousands of ports may have hundreds in its way.
        return notices + Self.shortened(yields) { "and \($0) more bookings that nothing uses give their ports up" }
    }

    /// The first twenty of `lines`, and one for the others.
    private static func shortened(_ lines: [String], _ others: (Int) -> String) -> [String] {
        let limit = 20
        return lines.count > limit ? lines[..<limit] + [others(lines.count - limit)] : lines
    }

    /// Which of the project's services have no port, and what to do; nil where all have one.
    package var leftOutNotice: String? {
        guard let first = leftOut.first else { return nil }
        let number = first.declared.map { " (\($0))" } ?? ""
        let kind = first.kind.rawValue
        let others = leftOut.count - 1
        let who = others == 0 ? "" : " and \(others) more service\(others == 1 ? "" : "s") of this project"
        if beyondLimit == leftOut.count {
            return "`\(first.service)`\(who) would have more than the \(Self.mostPorts) ports that a project may book: "
                + "the command runs without"
        }
        return "no port is free for `\(first.service)`\(number)\(who): the command runs without; "
            + "`portrun gc` drops bookings whose project is gone, `portrun config --set-range \(kind):FIRST-LAST` "
            + "gives more room"
    }

    /// One for each request that has one, in their order.
    package var bookings: [Booking] { requests.compactMap { $0.booking } }

    /// The booking of the request at `index`.
    package func booking(at index: Int) -> Booking {
        // Only of a port that the project keeps there can be none, and the caller knows that this is no such.
        requests[index].booking!
    }

    /// The ports booked for each of the requests; nil for one that has none.
    package var ports: [PortRange?] { requests.map { $0.booking?.ports } }
}
