import PortrunBase

extension Transaction {
    /// Books a port of the machine for a process that listens there by now, until it ends. Where the user has registered
    /// that name for another port, the port stays unbooked.
    ///
    /// - Returns: false when somebody else has booked it.
    package func book(
        _ service: ServiceName, at port: Port, servedBy holder: Holder, command: String
    ) throws -> Bool {
        try reapDeadLeases(.all)
        let record = try self.record(.machine) { _, _ in true }.record
        let existing = try booking(of: record, service, .tcp)
        if let existing, existing.ports != PortRange(port) {
            try dropEmptyContexts()
            return true
        }
        if existing == nil, try blocker(of: PortRange(port), .tcp) != nil {
            try dropEmptyContexts()
            return false
        }
        let booking =
            try existing
            ?? insert(ServiceRequest(service), at: port, .demand, record, BookingTerms(isEphemeral: true))
        guard try !leases(on: booking).contains(where: { $0.holder == holder }) else { return true }
        _ = try lease([booking], to: holder, command: command, isEphemeral: booking.isEphemeral)
        return true
    }

    /// Ends the leases of a process, and what was booked for it alone.
    package func endLeases(of holder: Holder) throws(RegistryError) {
        for lease in try allLeases() where lease.holder == holder { try end(lease) }
    }
}
