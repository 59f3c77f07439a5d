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
        var occupation = Occupation(by: slot, terms, booked)
        var held = HeldSlot(first, try terms.isShared ? [] : leases(on: first))
        guard try occupation.isFull(held, self) else { return (slot, first) }
        (slot.declared, slot.wish) = (nil, nil)
        occupation.request = slot
        let further = try HeldSlots(of: request, in: record, self)
        // The names of other requests of the same call are theirs.
        let others = requests.compactMap { $0.service.slot(of: request.service) }
        var number = 1
        repeat {
            if let demand = request.demand, demand == held.ports.first {
                throw BookingError.booked(
                    ports: held.ports, owner: "\(record.label) \(slot.service), which is running")
            }
            repeat { number += 1 } while others.contains(number)
            slot.service = request.service.appending(number)
            guard let next = further[number] else { return (slot, nil) }
            held = next
        } while try occupation.isFull(held, self)
        return (slot, try booking(of: record, slot.service, slot.transport))
    }
}

/// Whether a request finds a slot full.
private struct Occupation {
    var request: ServiceRequest
    private let terms: BookingTerms
    private let booked: [BookedRequest]
    /// Found out once: it reads a file for each process that started this one.
    private var lineage: Set<Int32>?

    init(by request: ServiceRequest, _ terms: BookingTerms, _ booked: [BookedRequest]) {
        self.request = request
        self.terms = terms
        self.booked = booked
    }

    mutating func isFull(_ slot: HeldSlot, _ reader: Reader) throws(RegistryError) -> Bool {
        if request.target == nil, slot.isOfContainer { return true }
        if booked.contains(where: { $0.booking?.id == slot.booking }) { return true }
        return try terms.isShared ? false : isHeld(slot, reader)
    }

    /// True when a command holds it that did not start this one, or any command where the request cannot do with its port.
    private mutating func isHeld(_ slot: HeldSlot, _ reader: Reader) throws(RegistryError) -> Bool {
        var isOfAncestor = false
        for lease in slot.leases where lease.holder.endsAt == nil {
            if try reader.isDead(lease) { continue }
            let ancestors = lineage ?? reader.facts.lineage()
            lineage = ancestors
            guard ancestors.contains(lease.holder.pid), reader.facts.isNumberedAlike(lease.holder) else { return true }
            isOfAncestor = true
        }
        return isOfAncestor && !request.accepts(slot.ports)
    }
}

extension Booking {
    /// True for what a command binds itself, as far as the record tells: nothing inside a container, and not a port
    /// that somebody has demanded for the service by hand.
    fileprivate var isOfCommand: Bool { target == nil && source != .demand }
}
