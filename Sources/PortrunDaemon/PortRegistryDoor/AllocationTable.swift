import PortrunBase
import PortrunKit
import PortrunRegistry

/// The registry as port-registry's table of allocations.
struct AllocationTable {
    let host: DaemonHost
    let registry: Registry

    /// The rows that a filter lets through, by their numbers.
    func list(_ filter: AllocationFilter) throws -> [Allocation] {
        try host.machine().look(in: registry) { reader, _ in
            try reader.recorded(by: filter).compactMap(Allocation.init).sorted { $0.id < $1.id }
        }
    }

    /// Books a port for a service that has none, in the context of its app and instance.
    ///
    /// - Throws: `AllocationRefusal`.
    func allocate(_ request: AllocationRequest) throws -> Allocation {
        let checkout = try checkout(of: request)
        do {
            return try checkout.change(registry) { transaction, _ in
                // In the order of port-registry's checks.
                if let port = request.port, try transaction.facts.isBusy(port, .tcp) {
                    throw AllocationRefusal.portInUse
                }
                if let holder = try transaction.holder(of: request) { throw AllocationRefusal.serviceAllocated(holder) }
                if let holder = try request.port.flatMap({ try transaction.holder(of: $0) }) {
                    throw AllocationRefusal.portAllocated(holder)
                }
                let record = try transaction.enter(checkout.context, stillResolves: checkout.stillResolves).record
                var wanted = ServiceRequest(request.service)
                wanted.demand = request.port
                let terms = BookingTerms(isShared: true, isKeptWhileBusy: true)
                let booking = try transaction.book([wanted], for: record, terms: terms).booking(at: 0)
                try transaction.attribute(booking, to: Door.portRegistry.name)
                guard let row = try transaction.recorded(numbered: booking.id).flatMap(Allocation.init) else {
                    throw RegistryError.corrupt(path: host.location.path)
                }
                return row
            }
        } catch BookingError.exhausted(_, _, let range, _, _, _, _) {
            throw AllocationRefusal.exhausted(range)
        } catch BookingError.busy {
            throw AllocationRefusal.portInUse
        }
    }

    private func checkout(of request: AllocationRequest) throws -> Checkout {
        do {
            return try host.checkout(in: nil, app: request.app, instance: request.instance)
        } catch let error as ContextError {
            throw AllocationRefusal.unusable(error.message)
        }
    }

    /// Gives all bookings back that a filter lets through, or none. What the door has not allocated is let through only
    /// where its app is named: a service and a port may be anybody's, and every checkout has an instance `main`.
    ///
    /// - Returns: how many.
    /// - Throws: `AllocationRefusal.held`.
    func release(_ filter: AllocationFilter, beside containers: [Container]) throws -> Int {
        try release(beside: containers) { reader in
            try reader.recorded(by: filter).filter { !filter.app.isEmpty || $0.isAllocation }
        }
    }

    /// Gives the booking of a number back. Numbers are easily mistaken, so it may be anybody's.
    ///
    /// - Throws: `AllocationRefusal`.
    func release(_ id: Int64, beside containers: [Container]) throws {
        let count = try release(beside: containers) { reader in
            guard let recorded = try reader.recorded(numbered: id), let row = Allocation(recorded) else { return [] }
            guard recorded.isAllocation else { throw AllocationRefusal.foreign(row) }
            return [recorded]
        }
        guard count > 0 else { throw AllocationRefusal.notFound }
    }

    private func release(
        beside containers: [Container], _ find: (Reader) throws -> [RecordedBooking]
    ) throws -> Int {
        let machine = host.machine()
        let (seen, statuses) = try machine.look(in: registry, beside: containers) { reader, _ in
            let seen = try find(reader)
            return (seen, try reader.status(of: seen.map(\.booking)))
        }
        // Whose a listener is may take its time to tell, and nobody waits for the registry meanwhile.
        for status in statuses {
            if let server = try Checkout.server(of: status) { throw seen.refusal(server.message, status) }
        }
        return try machine.change(registry, beside: containers) { transaction, _ in
            let chosen = try find(transaction)
            for status in try transaction.status(of: chosen.map(\.booking)) {
                if let reason = status.reasonToKeep { throw chosen.refusal(reason, status) }
            }
            for recorded in chosen { try transaction.release(recorded.booking) }
            try transaction.dropEmptyContexts()
            return chosen.count
        }
    }

    /// Whether a port is booked, and whose it is. Nobody looks whether something listens there.
    func standing(of port: Port) throws -> JSONValue {
        let holder = try host.machine().look(in: registry) { reader, _ in try reader.holder(of: port) }
        var members: [(key: String, value: JSONValue)] = [
            ("port", .integer(Int(port.number))), ("available", .boolean(holder == nil)),
        ]
        if let holder { members.append(("holder", holder.json)) }
        return .object(JSONValue.KeyValuePairs(members))
    }
}

extension Reader {
    /// The TCP bookings that a filter lets through. An app and an instance are those of `portrun release --app`, but what the
    /// door has allocated is what it was called: `a b` is not `a-b`.
    fileprivate func recorded(by filter: AllocationFilter) throws -> [RecordedBooking] {
        var bookings = BookingFilter()
        if !filter.app.isEmpty { bookings.app = filter.app }
        if !filter.instance.isEmpty { bookings.instance = filter.instance }
        if !filter.service.isEmpty {
            guard let service = ServiceName(filter.service) else { return [] }
            bookings.service = service
        }
        if filter.port != 0 {
            guard let port = Port(filter.port) else { return [] }
            bookings.port = port
        }
        return try recorded(matching: bookings).filter { recorded in
            guard recorded.booking.transport == .tcp else { return false }
            guard recorded.isAllocation, let row = Allocation(recorded) else { return true }
            return (filter.app.isEmpty || filter.app == row.app)
                && (filter.instance.isEmpty || filter.instance == row.instance)
        }
    }

    /// The row of an app, an instance and a service: there is to be one at most.
    fileprivate func holder(of request: AllocationRequest) throws -> Allocation? {
        try recorded(matching: BookingFilter(service: request.service)).lazy.compactMap(Allocation.init)
            .first { $0.app == request.app && $0.instance == request.instance }
    }

    fileprivate func holder(of port: Port) throws -> Allocation? {
        try recorded(matching: BookingFilter(port: port)).lazy.compactMap(Allocation.init).first
    }
}

extension RecordedBooking {
    /// Whether the door has allocated it.
    fileprivate var isAllocation: Bool { door == Door.portRegistry.name }
}

extension BookingStatus {
    /// Why nobody gives it back who does not know whose it is; nil for what nobody holds.
    fileprivate var reasonToKeep: String? {
        if case .timed(let end) = state { return "`\(booking.service)` is held until \(Timestamp(end).text)" }
        return ReleaseError(holding: self)?.message
    }
}

extension [RecordedBooking] {
    /// What is said of the one with a status, which somebody has.
    fileprivate func refusal(_ reason: String, _ status: BookingStatus) -> AllocationRefusal {
        guard let row = first(where: { $0.booking.id == status.booking.id }).flatMap(Allocation.init) else {
            return .unusable(reason)
        }
        return .held(reason, row)
    }
}
