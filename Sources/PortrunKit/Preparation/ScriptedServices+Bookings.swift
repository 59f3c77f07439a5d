import PortrunBase
import PortrunRegistry

extension ScriptedServices {
    /// What the main worktree would have booked for the services, where it has not.
    ///
    /// - Parameter known: what it has.
    func bookings(besides known: [RelativeBooking]) -> [RelativeBooking] {
        guard let main else { return [] }
        var numbers = DeclaredMarks()
        for relative in known where relative.isOfMain {
            numbers.mark(relative.booking.declaredPorts, relative.booking.transport)
        }
        var bookings: [RelativeBooking] = []
        for request in requests {
            guard let declared = request.declaredPorts, !numbers.overlap(declared, request.transport) else { continue }
            let booking = Booking(
                id: 0, service: request.service, port: declared.first, transport: request.transport,
                target: request.target, variable: request.variable, source: .declared, isEphemeral: false, lastUsed: 0,
                count: request.count, declared: declared.first, isLent: request.isLent)
            bookings.append(RelativeBooking(booking: booking, label: main.label, path: main.path, isOfMain: true))
        }
        return bookings
    }
}
