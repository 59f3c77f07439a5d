import PortrunBase
import PortrunRegistry

extension Checkout {
    /// The booking of a service of this checkout; where it has none, the one that `register` made under this name,
    /// unless the user named a context.
    ///
    /// - Parameter record: of this checkout, where it has one.
    package func booking(of service: ServiceName, _ reader: Reader, _ record: ContextRecord?) throws -> Booking? {
        if let record, let own = try reader.booking(of: record, service) { return own }
        guard !isNamed, let machine = try reader.find(identity: Context.machine.identity) else { return nil }
        return try reader.booking(of: machine, service)
    }

    /// The live bookings of a service, wherever on the machine, the best one first: those of this checkout, of its app,
    /// of its repository, registered names, then all others; in each the very name before `name-2`.
    ///
    /// Where there is none, what was learned on the number that such services have: `port-6379` for `redis`. That is this
    /// checkout's, or the only one.
    ///
    /// - Parameter containers: those that may hold bookings.
    package func lookUp(
        _ service: ServiceName, matching filter: BookingFilter = BookingFilter(), in registry: Registry,
        beside containers: [Container]
    ) throws -> [BookingStatus] {
        let named = try lookUpName(service, matching: filter, in: registry, beside: containers)
        guard named.isEmpty, let port = ServiceKind(service: service.description).wellKnownPort,
            let learned = ServiceName("port")?.appending(Int(port.number))
        else { return named.map(\.status) }
        let found = try lookUpName(learned, matching: filter, in: registry, beside: containers).filter {
            $0.status.booking.source == .learned && $0.status.booking.service == learned
        }
        return (found.count == 1 ? found[...] : found.filter { $0.isOwn }.prefix(1)).map(\.status)
    }

    private func lookUpName(
        _ service: ServiceName, matching filter: BookingFilter, in registry: Registry, beside containers: [Container]
    ) throws -> [(rank: LookupRank, status: BookingStatus, isOwn: Bool)] {
        let matches = try look(in: registry, beside: containers) {
            reader, record -> [(rank: LookupRank, status: BookingStatus, isOwn: Bool)] in
            var filter = filter
            filter.slotsOf = service
            return try reader.heldStatus(matching: filter, of: record).compactMap { status in
                LookupRank(of: status, for: service, seenFrom: context, own: record).map {
                    (rank: $0, status: status, isOwn: status.context.hash == record?.hash)
                }
            }
        }
        // The sort is stable: equal ones stay in the order of their labels and ports.
        return matches.sorted { $0.rank < $1.rank }
    }
}
