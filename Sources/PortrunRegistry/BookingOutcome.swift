import PortrunBase

/// The result of booking.
package struct BookingOutcome: Sendable {
    /// All of them, in their order.
    package internal(set) var requests: [BookedRequest] = []
    /// The services that did not get, or did not keep, the port they should have.
    package var moves: [Move] = []

    /// What idle bookings of other checkouts gave up for it, each in a sentence.
    package internal(set) var yields: [String] = []

    /// All that the user should hear of, each in a sentence.
    package var notices: [String] {
        let limit = 20
        guard yields.count > limit else { return moves.map(\.message) + yields }
        // A block of thousands of ports may have hundreds in its way.
        return moves.map(\.message) + yields[..<limit]
            + ["and \(yields.count - limit) more bookings that nothing uses give their ports up"]
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
