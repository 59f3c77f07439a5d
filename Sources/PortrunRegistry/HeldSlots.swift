import PortrunBase

/// A slot that is booked, and who holds it.
struct HeldSlot {
    let booking: Int64
    let ports: PortRange
    let isOfContainer: Bool
    fileprivate(set) var leases: [Lease] = []

    init(_ booking: Booking, _ leases: [Lease]) {
        self.booking = booking.id
        self.ports = booking.ports
        isOfContainer = booking.target != nil
        self.leases = leases
    }
}

/// The further slots of one service that a context has booked.
///
/// All are read at once, so that the free one of a checkout with hundreds of runs is found by one look at its bookings
/// and one at the leases.
struct HeldSlots {
    /// By the number of the slot.
    private var slots: [Int: HeldSlot] = [:]

    init(of request: ServiceRequest, in record: ContextRecord, _ reader: Reader) throws(RegistryError) {
        var slots: [Int: HeldSlot] = [:]
        var numbers: [Int64: Int] = [:]
        for booking in try reader.bookings(of: record) where booking.transport == request.transport {
            guard let number = booking.service.slot(of: request.service), number > 1 else { continue }
            slots[number] = HeldSlot(booking, [])
            numbers[booking.id] = number
        }
        if !slots.isEmpty {
            try reader.forEachLease { row in
                let held = Lease.bookings(row).compactMap { numbers[$0] }
                guard !held.isEmpty else { return }
                let lease = Lease(row)
                for number in held { slots[number]?.leases.append(lease) }
            }
        }
        self.slots = slots
    }

    subscript(number: Int) -> HeldSlot? { slots[number] }
}
