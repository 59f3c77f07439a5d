import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// The ports of a checkout that have moved, as they are put together: nothing has two meanings.
struct TranslationEntries {
    private(set) var entries: [Translation.Entry] = []
    private(set) var services: [ServiceName] = []
    /// Who connects to these means what they say.
    private var kept: [(transport: TransportProtocol, port: Port)] = []

    /// Has `declared`, and as many ports from there as are booked, lead to those.
    ///
    /// What an earlier one says of a port holds.
    mutating func add(
        _ service: ServiceName, _ transport: TransportProtocol, _ declared: Port, to booked: PortRange,
        _ use: Translation.Use = .both
    ) {
        for offset in 0..<booked.count {
            guard let from = Port(Int(declared.number) + offset), let to = Port(Int(booked.first.number) + offset)
            else { continue }
            let isTaken =
                entries.contains { $0.transport == transport && $0.declared == from && $0.use.overlaps(use) }
                || kept.contains { $0.transport == transport && $0.port == from }
            if isTaken { continue }
            if from == to {
                if use != .bindOnly { kept.append((transport, from)) }
                continue
            }
            entries.append(Translation.Entry(transport, from, to: to, use))
            services.append(service)
        }
    }

    /// Has what a booking is declared as lead to what it is.
    mutating func add(_ booking: Booking) {
        guard let declared = booking.declared else { return }
        add(booking.service, booking.transport, declared, to: booking.ports)
    }

    /// Leaves out every declared port that another service has got: who names it may mean either.
    mutating func dropAmbiguous() {
        let all = zip(entries, services)
        let clear = all.filter { entry, _ in
            !entries.contains { $0.transport == entry.transport && $0.booked == entry.declared }
        }
        entries = clear.map(\.0)
        services = clear.map(\.1)
    }
}
