import PortrunBase

/// Several bookings of one checkout for one declared number: a server that was started under another name, or by a wish,
/// leaves the earlier one behind.
extension Reader {
    /// True while a command holds a booking, or something listens on its port.
    package func isInUse(_ booking: Booking) throws -> Bool {
        if try commandLease(on: booking) != nil { return true }
        return try isBusy(booking)
    }

    /// The bookings without those that nobody uses where the number that they are declared as is another one's now: that of
    /// one in use, or of one of `chosen`. What is published from a container stays.
    ///
    /// Nothing is looked at where no number is declared twice.
    ///
    /// - Parameter chosen: those that a command has got.
    package func withoutIdleNamesakes(_ bookings: [Booking], beside chosen: [Booking] = []) throws -> [Booking] {
        var counts: [Int32: Int] = [:]
        for booking in bookings { if let key = booking.declaredKey { counts[key, default: 0] += 1 } }
        let ofChosen = Set(chosen.compactMap(\.declaredKey))
        let isTwice = { (key: Int32) in ofChosen.contains(key) || counts[key, default: 0] > 1 }
        guard counts.keys.contains(where: isTwice) else { return bookings }
        var used: Set<Int64> = []
        var keys = ofChosen
        for booking in bookings {
            guard let key = booking.declaredKey, isTwice(key), try isInUse(booking) else { continue }
            used.insert(booking.id)
            keys.insert(key)
        }
        return bookings.filter { booking in
            guard let key = booking.declaredKey, booking.target == nil else { return true }
            return used.contains(booking.id) || !keys.contains(key)
        }
    }

    /// The booking in use that has the number which `declared` is declared as, in the place of one that nobody uses.
    ///
    /// - Parameter booking: what the checkout has booked under the name that was asked for; nil for nothing. Further slots of
    ///   it are no other service.
    package func usedNamesake(
        of service: ServiceName, _ booking: Booking?, declaring declared: Port, _ transport: TransportProtocol,
        in record: ContextRecord
    ) throws -> Booking? {
        let others = try bookings(of: record).filter { other in
            other.declared == declared && other.transport == transport && other.target == nil
                && other.service.slot(of: service) == nil && service.slot(of: other.service) == nil
        }
        if others.isEmpty { return nil }
        if let booking, try booking.target != nil || isInUse(booking) { return nil }
        return try others.first { try isInUse($0) }
    }
}

extension Booking {
    fileprivate var declaredKey: Int32? {
        declared.map { Int32($0.number) * 2 + (transport == .tcp ? 0 : 1) }
    }
}

extension Reader {
    /// True for a booking that nobody uses, while nothing listens on the number that it is declared as.
    package func isFreeAgain(_ booking: Booking) throws -> Bool {
        guard booking.isMoved, let declared = booking.declared, try !facts.isBusy(declared, booking.transport) else {
            return false
        }
        return try !isInUse(booking)
    }
}
