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

    fileprivate init(_ booking: Int64, _ ports: PortRange, isOfContainer: Bool) {
        self.booking = booking
        self.ports = ports
        self.isOfContainer = isOfContainer
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
        try reader.database.forEachRow(
            "SELECT id, service, port, count, target FROM bookings WHERE context = ?1 AND network = ?2 AND protocol = ?3",
            .integer(record.id), .text(reader.facts.network), .text(request.transport.rawValue)
        ) { row in
            guard let number = ServiceName(row.text(1))?.slot(of: request.service), number > 1,
                let ports = row.ports(2, count: 3)
            else { return }
            slots[number] = HeldSlot(row.integer(0), ports, isOfContainer: !row.isNull(4))
            numbers[row.integer(0)] = number
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
