import PortrunBase

/// Selects bookings: those that agree with everything that is set.
package struct BookingFilter: Sendable {
    package var context: ContextRecord?
    /// The label of a context, or its hash.
    package var contextName: String?
    /// The first part of the label, as a label has it or as the user calls it.
    package var app: String?
    /// The second part of the label, likewise.
    package var instance: String?
    package var service: ServiceName?
    /// The service itself, or a further slot of it such as `web-2`.
    package var slotsOf: ServiceName?
    /// A port that the booking has, be it one of a block.
    package var port: Port?

    package init(context: ContextRecord? = nil, service: ServiceName? = nil, port: Port? = nil) {
        self.context = context
        self.service = service
        self.port = port
    }

    package func matches(_ booking: Booking, of record: ContextRecord) -> Bool {
        if let contextName, contextName != record.label, contextName != record.hash { return false }
        // Registered names belong to no app, whatever one is called.
        if app != nil || instance != nil {
            let label = (app: record.app, instance: record.instance)
            guard !record.isMachine,
                ContextLabel.isLabel(label, ofIdentity: record.identity, app: app, instance: instance)
            else { return false }
        }
        if let service, service != booking.service { return false }
        if let slotsOf, booking.service.slot(of: slotsOf) == nil { return false }
        if let port, !booking.ports.contains(port) { return false }
        return true
    }
}
