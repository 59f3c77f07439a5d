import PortrunBase
import PortrunLaunch
import PortrunRegistry

extension Checkout {
    /// The folder of the checkout that the launch around this process is of, where this is another one; nil for none.
    package func folderOfLaunchAround(in registry: Registry) throws -> String? {
        guard let hash = system.environment[Overlay.contextVariable] else { return nil }
        let known = try look(in: registry) { reader, _ in try reader.knownContexts().first { $0.hash == hash } }
        guard let folder = known?.path, Path.relative(workingDirectory, to: folder) == nil else { return nil }
        return FileSystem.kind(of: folder) == .directory ? folder : nil
    }

    /// What numbers stand for in this checkout, as far as they are another checkout's: those that have moved, and a new one
    /// for each on which something of that other one listens that nobody has booked.
    ///
    /// - Parameter wanted: what is asked for, where nothing else is to be booked; nil for all.
    /// - Returns: nothing where the declared ports are this checkout's own.
    package func portsHere(of wanted: [PortRange]?, in registry: Registry) throws -> PortsHere {
        guard let guest = try asGuest(in: registry) else { return PortsHere() }
        let beside = ServersBeside(in: guest)
        var here = PortsHere()
        var ports: [TransportProtocol: Set<Port>] = [:]
        var known: [RelativeBooking] = []
        try guest.enter(registry) { transaction, record, _ in
            (here, ports) = (PortsHere(), [:])
            let own = try transaction.bookings(of: record)
            for booking in own {
                ports[booking.transport, default: []].formUnion(booking.ports.ports)
                guard booking.isMoved, let declared = booking.declared, try !transaction.isServedAsDeclared(booking)
                else { continue }
                // Of several services with one number it is the running one that is meant.
                let isBusy = try transaction.isBusy(booking)
                for offset in 0..<booking.count {
                    guard let from = Port(Int(declared.number) + offset),
                        let to = Port(Int(booking.port.number) + offset)
                    else { continue }
                    if isBusy || here.numbers[booking.transport]?[from] == nil {
                        here.numbers[booking.transport, default: [:]][from] = to
                    }
                }
            }
            // What has a number of its own here means itself by it.
            for booking in own where !booking.isMoved {
                for port in booking.ports.ports { here.numbers[booking.transport]?[port] = nil }
            }
            known = try transaction.bookingsOfRelatives(of: record, besideClone: guest.context.cloneBeside)
            for server in beside?.bookings(besides: known) ?? [] {
                let port = server.booking.port
                guard here.numbers[.tcp]?[port] == nil,
                    !own.contains(where: { $0.transport == .tcp && $0.ports.contains(port) }),
                    wanted.map({ $0.contains { $0.contains(port) } }) ?? true,
                    try !transaction.isHeldOutside(of: record, port)
                else { continue }
                let booked = try transaction.adopt(port, server.booking.service, record).port
                here.numbers[.tcp, default: [:]][port] = booked
                ports[.tcp, default: []].insert(booked)
            }
        }
        OtherServers(beside: guest, known).add(to: &here, besides: ports)
        return here
    }
}
