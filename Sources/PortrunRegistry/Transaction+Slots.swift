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
        let first = try booking(of: record, slot.service, slot.transport)
        if !request.isExclusive, let target = request.target, let first, first.isOfCommand {
            slot.service = request.service.appending(Int(target.number))
            return (slot, try booking(of: record, slot.service, slot.transport))
        }
        guard request.isExclusive, let first else { return (slot, first) }
        let lineage = Lineage(facts)
        var held = HeldSlot(first, try terms.isShared ? .nobody : holding(of: first, lineage))
        guard held.isFull(for: slot, terms, booked) else { return (slot, first) }
        (slot.declared, slot.wish) = (nil, nil)
        let further = try HeldSlots(of: request, in: record, self, lineage)
        // The names of other requests of the same call are theirs.
        let others = requests.compactMap { $0.service.slot(of: request.service) }
        var number = 1
        repeat {
            if let demand = request.demand, demand == held.ports.first {
                let service = number == 1 ? request.service : request.service.appending(number)
                throw BookingError.booked(
                    ports: held.ports, owner: "\(record.label) \(service), which is running")
            }
            repeat { number += 1 } while others.contains(number)
            guard let next = further[number] else {
                slot.service = request.service.appending(number)
                return (slot, nil)
            }
            held = next
        } while held.isFull(for: slot, terms, booked)
        slot.service = request.service.appending(number)
        return (slot, try booking(of: record, slot.service, slot.transport))
    }
}

extension HeldSlot {
    /// True when `request` has to go on to the next one: something in a container has this one, another request of the
    /// same call, or a command that did not start this one; or any command, where the request cannot do with its port.
    fileprivate func isFull(for request: ServiceRequest, _ terms: BookingTerms, _ booked: [BookedRequest]) -> Bool {
        if request.target == nil && isOfContainer { return true }
        if booked.contains(where: { $0.booking?.id == booking }) { return true }
        if terms.isShared { return false }
        switch holding {
        case .nobody: return false
        case .ancestor: return !request.accepts(ports)
        case .another: return true
        }
    }
}

extension Booking {
    /// True for what a command binds itself, as far as the record tells: nothing inside a container, and not a port
    /// that somebody has demanded for the service by hand.
    fileprivate var isOfCommand: Bool { target == nil && source != .demand }
}
