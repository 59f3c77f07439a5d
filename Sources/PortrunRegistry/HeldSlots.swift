import PortrunBase

/// A slot that is booked, and who holds it.
struct HeldSlot {
    let booking: Int64
    let ports: PortRange
    let isOfContainer: Bool
    fileprivate(set) var holding: Holding

    init(_ booking: Booking, _ holding: Holding) {
        self.init(booking.id, booking.ports, isOfContainer: booking.target != nil)
        self.holding = holding
    }

    fileprivate init(_ booking: Int64, _ ports: PortRange, isOfContainer: Bool) {
        self.booking = booking
        self.ports = ports
        self.isOfContainer = isOfContainer
        holding = .nobody
    }
}

/// The further slots of one service that a context has booked.
///
/// All are read at once, so that the free one of a checkout with hundreds of runs is found by one look at its bookings
/// and one at the leases.
struct HeldSlots {
    /// By the number of the slot.
    private var slots: [HeldSlot?] = []

    init(
        of request: ServiceRequest, in record: ContextRecord, _ reader: Reader, _ lineage: Lineage
    ) throws(RegistryError) {
        var slots: [HeldSlot?] = []
        var numbers: [Int64: Int] = [:]
        let service = request.service
        try reader.database.forEachRow(
            "SELECT id, service, port, count, target FROM bookings WHERE context = ?1 AND network = ?2 AND protocol = ?3",
            .integer(record.id), .text(reader.facts.network), .text(request.transport.rawValue)
        ) { row in
            guard let number = row.withText(1, { service.slot(named: $0) }), let ports = row.ports(2, count: 3) else {
                return
            }
            while slots.count <= number { slots.append(nil) }
            slots[number] = HeldSlot(row.integer(0), ports, isOfContainer: !row.isNull(4))
            numbers[row.integer(0)] = number
        }
        var last: Holder?
        try reader.forEachLease { (row) throws(RegistryError) in
            var held: [Int] = []
            Lease.forEachBooking(row) { if let number = numbers[$0] { held.append(number) } }
            guard !held.isEmpty else { return true }
            let holder = Lease.holder(row, after: last)
            last = holder
            let holding = try reader.holding(by: holder, of: row, lineage)
            for number in held {
                if let before = slots[number]?.holding, before < holding { slots[number]?.holding = holding }
            }
            return true
        }
        self.slots = slots
    }

    /// nil for a slot that is not booked.
    subscript(number: Int) -> HeldSlot? { number < slots.count ? slots[number] : nil }
}
