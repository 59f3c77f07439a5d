import PortrunBase

extension Transaction {
    /// Books a port that must not move: the declared one, where nobody else has it.
    ///
    /// - Parameter taken: is told of a port that somebody has, when the launch is to fail for it.
    /// - Returns: nil when somebody else has it.
    func bookFixed(
        _ request: ServiceRequest, _ record: ContextRecord, _ terms: BookingTerms,
        _ taken: inout [BookingError.TakenPort]
    ) throws -> Booking? {
        // Only a request with a declared port is unmovable, and discovery reads no range beyond the last port.
        guard let first = request.declared, let ports = PortRange(first, count: request.count) else { return nil }
        let existing = try booking(of: record, request.service, request.transport)
        let isThere = existing?.port == first
        let reason =
            if let existing, isThere {
                try obstacle(toKeeping: existing, for: request, terms)
            } else {
                try obstacle(to: ports, request.transport, besides: existing)
            }
        if let reason {
            if request.fixed == .fail {
                taken.append(BookingError.TakenPort(service: request.service, ports: ports, reason: reason))
            }
            return nil
        }
        guard let existing else { return try insert(request, at: first, .declared, record, terms) }
        if !isThere { try refuseWhileHeld(existing) }
        let booking = isThere ? existing : try move(existing, to: first, count: request.count, .declared)
        return try refresh(booking, request)
    }
}

extension ServiceRequest {
    /// True when it has its declared port or none. A demand is the user's own word, and moves it.
    var isUnmovable: Bool {
        switch fixed {
        case .remap: false
        case .keep, .fail: declared != nil && demand == nil && !isExclusive
        }
    }
}
