import PortrunBase

extension Transaction {
    /// The request under the name that it can have: a second live run of an exclusive service takes the next slot, and
    /// so does one inside the first that demands another port.
    ///
    /// A command and a service in a container that have one name, which happens when the command's own compose file
    /// is found only once it runs, are two services: whoever comes second has another name.
    func slot(
        for request: ServiceRequest, in record: ContextRecord, _ terms: BookingTerms,
        besides requests: [ServiceRequest], _ booked: [BookedRequest]
    ) throws -> (ServiceRequest, Booking?) {
        var slot = request
        var number = 1
        while true {
            let existing = try booking(of: record, slot.service, slot.transport)
            if !request.isExclusive, let target = request.target, let existing, existing.isOfCommand {
                slot.service = request.service.appending(Int(target.number))
                return (slot, try booking(of: record, slot.service, slot.transport))
            }
            let isOfContainer = request.target == nil && existing?.target != nil
            // The name belongs to another request of the same call.
            let isAnothers = number > 1 && requests.contains { $0.service == slot.service }
            if !isAnothers {
                guard request.isExclusive, let existing,
                    try isOfContainer || booked.contains(where: { $0.booking?.id == existing.id })
                        || (!terms.isShared && isOccupied(existing, for: slot))
                else { return (slot, existing) }
                if let demand = request.demand, demand == existing.port {
                    throw BookingError.booked(
                        ports: existing.ports, owner: "\(record.label) \(slot.service), which is running")
                }
            }
            number += 1
            slot.service = request.service.appending(number)
            slot.declared = nil
            slot.wish = nil
        }
    }

    private func isOccupied(_ booking: Booking, for request: ServiceRequest) throws(RegistryError) -> Bool {
        if try leaseOfAnother(on: booking) != nil { return true }
        if request.accepts(booking.ports) { return false }
        return try commandLease(on: booking) != nil
    }
}

extension Booking {
    /// True for what a command binds itself, as far as the record tells: nothing inside a container, and not a port
    /// that somebody has demanded for the service by hand.
    fileprivate var isOfCommand: Bool { target == nil && source != .demand }
}
