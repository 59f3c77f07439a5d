import PortrunBase

/// Who holds a booking, as somebody sees it who wants it too.
enum Holding: Int, Comparable {
    /// No command: nobody, or only a time.
    case nobody
    /// A command that is only told of it.
    case told
    /// A command that has started the one who asks.
    case ancestor
    case another

    static func < (left: Holding, right: Holding) -> Bool { left.rawValue < right.rawValue }
}

/// The pids of this process and of those it was started by. They are found out once, if at all: it reads a file for each.
final class Lineage {
    private let facts: SystemFacts
    private lazy var pids = facts.lineage()

    init(_ facts: SystemFacts) { self.facts = facts }

    func contains(_ holder: Holder) -> Bool { pids.contains(holder.pid) && facts.isNumberedAlike(holder) }
}

extension Reader {
    /// Who holds `booking`; the leases are read as far as that takes.
    func holding(of booking: Booking, _ lineage: Lineage) throws(RegistryError) -> Holding {
        var found = Holding.nobody
        let number = ",\(booking.id),"
        try forEachLease { (row) throws(RegistryError) in
            if row.contains(Lease.bookingsColumn, number) {
                var isOnlyTold = false
                Lease.forEachBooking(row) { if $0 == booking.id { isOnlyTold = $1 } }
                found = max(found, try holding(by: Lease.holder(row), of: row, isOnlyTold: isOnlyTold, lineage))
            }
            return found != .another
        }
        return found
    }

    /// What the lease in `row` contributes to that, whose holder is known.
    func holding(
        by holder: Holder, of row: Database.Row, isOnlyTold: Bool, _ lineage: Lineage
    ) throws(RegistryError) -> Holding {
        guard holder.endsAt == nil, try !isDead(holder, { Lease(row) }) else { return .nobody }
        if isOnlyTold { return .told }
        return lineage.contains(holder) ? .ancestor : .another
    }
}
