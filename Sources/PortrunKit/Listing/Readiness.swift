import PortrunBase
import PortrunRegistry

/// Whether something listens on the port of a service, as who waits for it sees.
package enum Readiness: Sendable {
    /// Nothing is booked under the name.
    case unbooked
    /// Nothing listens on the port yet.
    case silent(Booking)
    case listening(Booking)

    /// Looks once.
    package init(of service: ServiceName, in checkout: Checkout, _ registry: Registry) throws {
        let booking = try checkout.look(in: registry) { reader, record in
            try checkout.booking(of: service, reader, record)
        }
        guard let booking else {
            self = .unbooked
            return
        }
        self = try BoundSocket.isWaiting(on: booking.port, booking.transport) ? .listening(booking) : .silent(booking)
    }

    /// What is missing, behind «nothing».
    package func missing(of service: ServiceName) -> String {
        switch self {
        case .unbooked: "is booked for `\(service)`"
        case .silent(let booking), .listening(let booking): "listens on \(booking.port) for `\(service)`"
        }
    }

    /// How long to wait between two looks, which take some tenths of a millisecond: so many milliseconds.
    package static let pause: Int32 = 100
}
