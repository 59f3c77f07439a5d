import PortrunBase

/// The bookings of one context, as they were when the connection had written so many rows.
struct LastBookings {
    let context: Int64
    var writtenRows: Int32
    /// In the order of their numbers, in which they were made.
    private(set) var bookings: [Booking]
    /// Where each service is, once somebody has asked for one of many.
    private var places: ServicePlaces?

    init(context: Int64, writtenRows: Int32, _ bookings: [Booking]) {
        self.context = context
        self.writtenRows = writtenRows
        self.bookings = bookings
    }

    mutating func booking(of service: ServiceName, _ transport: TransportProtocol) -> Booking? {
        if bookings.count <= ServicePlaces.few {
            for index in bookings.indices
            where bookings[index].transport == transport && bookings[index].service == service {
                return bookings[index]
            }
            return nil
        }
        if places == nil {
            var places = ServicePlaces()
            for index in bookings.indices { places.note(index, of: bookings[index].service, bookings[index].transport) }
            self.places = places
        }
        return places?.place(of: service, transport).map { bookings[$0] }
    }

    /// The booking of that number; nil where it is not the context's.
    func booking(numbered id: Int64) -> Booking? { index(of: id).map { bookings[$0] } }

    /// Takes in one that was just made.
    mutating func append(_ booking: Booking) {
        places?.note(bookings.count, of: booking.service, booking.transport)
        bookings.append(booking)
    }

    /// Takes in one that has just been changed, whosever it is.
    mutating func replace(_ booking: Booking) {
        guard let index = index(of: booking.id) else { return }
        let former = bookings[index]
        if former.service != booking.service {
            places?.forget(index, of: former.service, former.transport)
            places?.note(index, of: booking.service, booking.transport)
        }
        bookings[index] = booking
    }

    private func index(of id: Int64) -> Int? {
        var (first, end) = (0, bookings.count)
        while first < end {
            let middle = (first + end) / 2
            if bookings[middle].id < id { first = middle + 1 } else { end = middle }
        }
        return first < bookings.count && bookings[first].id == id ? first : nil
    }
}
