import PortrunBase
import PortrunKit
import PortrunRegistry

/// The registry as PortManager's leases.
struct PortManagerLeases {
    let host: DaemonHost
    let registry: Registry

    /// The context of the first lease of a service; the one of the second is `portmanager/2`.
    private static let context = "portmanager"

    /// All of them, by their ports.
    func all() throws -> [PortManagerLease] {
        try host.machine().look(in: registry) { reader, _ in
            var leases: [PortManagerLease] = []
            for lease in try reader.allLeases()
            where lease.holder.endsAt != nil && reader.facts.verdict(lease.holder) != .dead {
                for id in lease.bookings {
                    guard let found = try reader.recorded(numbered: id).flatMap({ PortManagerLease($0, lease) })
                    else { continue }
                    leases.append(found)
                }
            }
            return leases.sorted { $0.port < $1.port }
        }
    }

    /// Books a port. One service may have several, each in a context of its own.
    ///
    /// - Returns: nil where none is free.
    func allocate(_ request: PortManagerRequest) throws -> PortManagerLease? {
        do {
            return try host.machine().change(registry) { transaction, _ in
                let checkout = try host.checkout(in: nil, name: freeContext(for: request.service, transaction))
                let record = try transaction.enter(checkout.context, stillResolves: checkout.stillResolves).record
                let terms = BookingTerms(isShared: true, isEphemeral: true, isKeptWhileBusy: true)
                let booking = try transaction.book([ServiceRequest(request.service)], for: record, terms: terms)
                    .booking(at: 0)
                try transaction.attribute(booking, to: Door.portManager.name)
                if let tags = request.tags { try transaction.describe(booking, as: tags) }
                try transaction.hold(booking, until: checkout.expiry(after: request.timeToLive))
                guard let recorded = try transaction.recorded(numbered: booking.id),
                    let lease = try transaction.timedLease(on: booking),
                    let made = PortManagerLease(recorded, lease)
                else { throw RegistryError.corrupt(path: host.location.path) }
                return made
            }
        } catch BookingError.exhausted {
            return nil
        }
    }

    /// The name of the first of the contexts in which the service has no port, or one that nobody uses, as `portrun get`
    /// books it.
    private func freeContext(for service: ServiceName, _ reader: Reader) throws -> String {
        var (name, number) = (Self.context, 1)
        while let record = try reader.find(identity: name),
            let booking = try reader.booking(of: record, service, .tcp), try !isIdle(booking, reader)
        {
            number += 1
            name = "\(Self.context)/\(number)"
        }
        return name
    }

    private func isIdle(_ booking: Booking, _ reader: Reader) throws -> Bool {
        guard case .idle? = try reader.status(ofNumber: booking.id)?.state else { return false }
        return true
    }

    /// Has a lease last as long as before, from now on.
    ///
    /// - Returns: false where the port has none.
    func renew(_ port: Port?) throws -> Bool {
        try change(port) { transaction, recorded, lease, checkout in
            guard let length = lease.timeToLive else { return false }
            try transaction.hold(recorded.booking, until: checkout.expiry(after: length))
            return true
        }
    }

    /// Ends a lease that this door has made, and the booking with it where that was made for the time alone. A client
    /// knows nothing but the port, which may be another's by now.
    ///
    /// - Returns: false where the port has none.
    func release(_ port: Port?) throws -> Bool {
        try change(port) { transaction, recorded, lease, _ in
            guard recorded.door == Door.portManager.name else { return false }
            try transaction.end(lease)
            return true
        }
    }

    private func change(
        _ port: Port?, _ body: (Transaction, RecordedBooking, Lease, Checkout) throws -> Bool
    ) throws -> Bool {
        guard let port else { return false }
        let machine = host.machine()
        return try machine.change(registry) { transaction, _ in
            let found = try transaction.recorded(matching: BookingFilter(port: port))
            guard let recorded = found.first(where: { $0.booking.transport == .tcp }),
                let lease = try transaction.timedLease(on: recorded.booking)
            else { return false }
            return try body(transaction, recorded, lease, machine)
        }
    }

    /// The ports of a service. One that nobody knows has none.
    func lookUp(_ service: String) throws -> JSONValue {
        let leases = try all().filter { $0.service.description == service }
        return .object([
            "service_name": .string(service), "port": .integer(orNull: leases.first.map { Int($0.port.number) }),
            "all_ports": .array(leases.map { .integer(Int($0.port.number)) }), "lease": leases.first?.json ?? .null,
        ])
    }
}
