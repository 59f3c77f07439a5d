import PortrunBase

/// The bookings of a context that none of the requests of a call is for and that have a declared port, by that port.
///
/// There may be thousands, and as many requests that look for one.
struct UnaskedBookings {
    /// Those of one port in the order in which they were made.
    private let bookings: [Booking]
    /// For each of them whether it has been looked at: one look is enough.
    private var isDone: [Bool]

    init(_ bookings: [Booking], besides requests: [ServiceRequest]) {
        let isMany = bookings.count > ServicePlaces.few
        var asked = ServicePlaces()
        if isMany {
            for index in requests.indices { asked.note(index, of: requests[index].service, requests[index].transport) }
        }
        var unasked: [Booking] = []
        for booking in bookings where booking.declared != nil {
            let isAsked =
                isMany
                ? asked.place(of: booking.service, booking.transport) != nil
                : requests.contains { $0.service == booking.service && $0.transport == booking.transport }
            if !isAsked { unasked.append(booking) }
        }
        if unasked.count > 1 {
            unasked.sort { left, right in
                (left.declared?.number ?? 0, left.id) < (right.declared?.number ?? 0, right.id)
            }
        }
        self.bookings = unasked
        isDone = [Bool](repeating: false, count: unasked.count)
    }

    /// The first from `place` on that declares `port` and has not been taken out; nil for none.
    ///
    /// - Parameter place: nil for the first of all.
    func next(declaring port: Port, from place: Int? = nil) -> Int? {
        var place = place ?? first(declaring: port)
        while place < bookings.count, bookings[place].declared == port {
            if !isDone[place] { return place }
            place += 1
        }
        return nil
    }

    /// The number of the booking at `place`.
    func id(at place: Int) -> Int64 { bookings[place].id }

    mutating func takeOut(at place: Int) { isDone[place] = true }

    /// Whether a booking that declares `port` is one of them.
    func contains(_ id: Int64, declaring port: Port) -> Bool {
        var place = next(declaring: port)
        while let found = place {
            if bookings[found].id == id { return true }
            place = next(declaring: port, from: found + 1)
        }
        return false
    }

    private func first(declaring port: Port) -> Int {
        var (first, end) = (0, bookings.count)
        while first < end {
            let middle = (first + end) / 2
            if (bookings[middle].declared?.number ?? 0) < port.number { first = middle + 1 } else { end = middle }
        }
        return first
    }
}
