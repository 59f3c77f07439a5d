import PortrunBase

/// A search for a free port that has found none, for those that would look for the same in one call.
///
/// Nothing becomes free meanwhile. A project may declare tens of thousands of ports for which there is no room: to ask
/// for each which bookings could be given up would take minutes, while everybody waits. Not an element of an array, the
/// type of which each launch would make anew.
final class FailedSearch {
    private let kind: ServiceKind
    private let count: Int
    private let transport: TransportProtocol
    private let isPaired: Bool
    private let error: BookingError
    private let before: FailedSearch?

    init(_ request: ServiceRequest, _ wanted: WantedPorts, _ error: BookingError, before: FailedSearch?) {
        kind = request.kind
        count = wanted.count
        transport = wanted.transport
        isPaired = wanted.partner != nil
        self.error = error
        self.before = before
    }

    /// This one or one before it that has looked for the same.
    func like(_ request: ServiceRequest, _ wanted: WantedPorts) -> FailedSearch? {
        var search = FailedSearch?.some(self)
        while let found = search {
            if found.kind == request.kind, found.count == wanted.count, found.transport == wanted.transport,
                found.isPaired == (wanted.partner != nil)
            {
                return found
            }
            search = found.before
        }
        return nil
    }

    /// The same error for another service.
    func error(for service: ServiceName) -> BookingError {
        guard case .exhausted(_, let count, let range, let isDemanded, let booked, let busy, let blocked) = error else {
            return error
        }
        return .exhausted(
            service: service, count: count, range: range, isDemanded: isDemanded, booked: booked, busy: busy,
            blocked: blocked)
    }
}
