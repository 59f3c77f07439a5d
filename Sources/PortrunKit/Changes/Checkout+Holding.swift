import PortrunBase
import PortrunRegistry

/// Leases that last until a time, on bookings that are called by their numbers.
extension Checkout {
    /// Has a booking held for a while from now on; a time to live that it has already is prolonged or shortened.
    ///
    /// - Parameter length: nil for as long as it had before.
    /// - Throws: `ReleaseError.noSuchNumber`; `HoldingError`; `RegistryError`.
    package func hold(
        _ id: Int64, for length: TimeToLive?, in registry: Registry, beside containers: [Container] = []
    ) throws -> BookingStatus {
        try change(registry, beside: containers) { transaction, _ in
            let booking = try transaction.status(numbered: id).booking
            guard let length = try length ?? transaction.timedLease(on: booking)?.timeToLive else {
                throw HoldingError.noTimeToLive(id)
            }
            try transaction.hold(booking, until: expiry(after: length))
            return try transaction.status(numbered: id)
        }
    }

    /// Ends the time to live of a booking, and the booking with it where that was made for the time alone.
    ///
    /// - Returns: the booking without it; `GET` of one that has ended finds nothing any more.
    /// - Throws: `ReleaseError.noSuchNumber`; `HoldingError`; `RegistryError`; `PortProbeError`.
    package func letGo(_ id: Int64, in registry: Registry, beside containers: [Container] = []) throws -> BookingStatus
    {
        try change(registry, beside: containers) { transaction, _ in
            let status = try transaction.status(numbered: id)
            guard let lease = try transaction.timedLease(on: status.booking) else { throw HoldingError.notHeld(id) }
            try transaction.end(lease)
            if let left = try transaction.status(ofNumber: id) { return left }
            let booking = status.booking
            return status.ended(isListening: try transaction.facts.isBusy(booking.port, booking.transport))
        }
    }
}

extension Reader {
    /// What is known of the booking with a number.
    fileprivate func status(numbered id: Int64) throws -> BookingStatus {
        guard let status = try status(ofNumber: id) else { throw ReleaseError.noSuchNumber(id) }
        return status
    }
}

/// Why a booking has no lease that lasts until a time.
package enum HoldingError: ReportableError, Equatable {
    /// It has none, and nothing says how long one is to last.
    case noTimeToLive(Int64)
    case notHeld(Int64)

    package var message: String {
        switch self {
        case .noTimeToLive(let id): "nothing says for how long the booking \(id) is to be held"
        case .notHeld(let id): "the booking \(id) has no time to live"
        }
    }

    package var hint: String? {
        switch self {
        case .noTimeToLive: "give `ttl`, in seconds"
        case .notHeld: nil
        }
    }

    package var exitStatus: Int32 {
        switch self {
        case .noTimeToLive: 64
        case .notHeld: 1
        }
    }
}
