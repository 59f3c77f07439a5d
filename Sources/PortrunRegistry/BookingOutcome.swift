import PortrunBase

/// What booking came to.
package struct BookingOutcome: Sendable {
    /// One for each request that has one, in their order.
    package var bookings: [Booking] = []
    /// The requests, by their place, that have none, since the project keeps a port which is taken.
    package var unbooked: [Int] = []
    /// What did not get, or did not keep, the port it should have.
    package var moves: [Move] = []

    /// The booking of the request at `index`, which must have one.
    package func booking(at index: Int) -> Booking {
        var index = index
        for missing in unbooked.reversed() where missing < index { index -= 1 }
        return bookings[index]
    }

    /// The ports booked for each of the requests; nil for one that has none.
    package var ports: [PortRange?] {
        var ports: [PortRange?] = []
        for booking in bookings { ports.append(booking.ports) }
        for index in unbooked { ports.insert(nil, at: index) }
        return ports
    }
}
