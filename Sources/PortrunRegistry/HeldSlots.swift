import PortrunBase

/// A slot that is booked, and who holds it.
struct HeldSlot {
    let booking: Int64
    let ports: PortRange
    let isOfContainer: Bool
    fileprivate(set) var holding: Holding

    init(_ booking: Booking, _ holding: Holding) {
        self.booking = booking.id
        self.ports = booking.ports
        isOfContainer = booking.target != nil
        self.holding = holding
    }
}

/// The further slots of one service that a context has booked.
///
/// All are read at once, so that the free one of a checkout with hundreds of runs is found by one look at its bookings
/// and one at the leases.
struct HeldSlots {
    /// How many leases are looked at for a dead holder. A lease after those is taken for live: each launch reaps some of
    /// the oldest, and there is always a slot behind the last one.
    private static let verifiedLimit = 64

    /// By the number of the slot.
    private var slots: [Int: HeldSlot] = [:]

    init(
        of request: ServiceRequest, in record: ContextRecord, _ reader: Reader, _ lineage: Lineage
    ) throws(RegistryError) {
        var slots: [Int: HeldSlot] = [:]
        var numbers: [Int64: Int] = [:]
        for booking in try reader.bookings(of: record) where booking.transport == request.transport {
            guard let number = booking.service.slot(of: request.service), number > 1 else { continue }
            slots[number] = HeldSlot(booking, .nobody)
            numbers[booking.id] = number
        }
        guard !slots.isEmpty else { return }
        var verified = 0
        var last: Holder?
        try reader.forEachLease { (row) throws(RegistryError) in
            var held: [Int] = []
            var isOnlyTold = true
            Lease.forEachBooking(row) {
                guard let number = numbers[$0] else { return }
                held.append(number)
                if !$1 { isOnlyTold = false }
            }
            guard !held.isEmpty else { return true }
            guard verified < Self.verifiedLimit else {
                for number in held { slots[number]?.holding = .another }
                return true
            }
            verified += 1
            let holder = Lease.holder(row, after: last)
            last = holder
            let holding = try reader.holding(by: holder, of: row, isOnlyTold: isOnlyTold, lineage)
            for number in held {
                if let before = slots[number]?.holding, before < holding { slots[number]?.holding = holding }
            }
            return true
        }
        self.slots = slots
    }

    /// nil for a slot that is not booked.
    subscript(number: Int) -> HeldSlot? { slots[number] }
}
