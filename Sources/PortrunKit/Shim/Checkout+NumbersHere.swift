import PortrunBase
import PortrunRegistry

extension Checkout {
    /// The ports that stand in the place of others in this checkout, whose numbers are another checkout's: those that are
    /// booked so, and a new one for each on which something of that other one listens that nobody has booked.
    ///
    /// - Parameter wanted: the numbers that are asked for; nil for all.
    /// - Returns: for each such number its own port; none where the declared ports are this checkout's own.
    package func numbersHere(of wanted: [Port]?, in registry: Registry) throws -> [Port: Port] {
        guard let guest = try asGuest(in: registry) else { return [:] }
        let beside = ServersBeside(in: guest)
        var numbers: [Port: Port] = [:]
        try guest.enter(registry) { transaction, record, _ in
            numbers = [:]
            let own = try transaction.bookings(of: record).filter { $0.transport == .tcp }
            for booking in own where booking.isMoved {
                guard let declared = booking.declared, try !transaction.isServedAsDeclared(booking) else { continue }
                // Of several services with one number it is the running one that is meant.
                let isBusy = try transaction.isBusy(booking)
                for offset in 0..<booking.count {
                    guard let from = Port(Int(declared.number) + offset),
                        let to = Port(Int(booking.port.number) + offset)
                    else { continue }
                    if isBusy || numbers[from] == nil { numbers[from] = to }
                }
            }
            // What has a number of its own here means itself by it.
            for booking in own where !booking.isMoved {
                for port in booking.ports.ports { numbers[port] = nil }
            }
            let known = try transaction.bookingsOfRelatives(of: record, besideClone: guest.context.cloneBeside)
            for server in beside?.bookings(besides: known) ?? [] {
                let port = server.booking.port
                guard numbers[port] == nil, !own.contains(where: { $0.ports.contains(port) }),
                    wanted?.contains(port) ?? true, try !transaction.isHeldOutside(of: record, port)
                else { continue }
                numbers[port] = try transaction.adopt(port, server.booking.service, record).port
            }
        }
        if let wanted { numbers = numbers.filter { wanted.contains($0.key) } }
        return numbers
    }
}
