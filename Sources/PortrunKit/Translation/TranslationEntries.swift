import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// The ports of a checkout that have moved, as they are put together: nothing has two meanings.
struct TranslationEntries {
    private(set) var entries: [Translation.Entry] = []
    private(set) var services: [ServiceName] = []
    /// What is known of ports: by numbers, for blocks have thousands.
    private var marks: Set<Int64> = []

    private enum Mark: Int64 {
        /// An entry says where who binds it comes to.
        case bind
        case connect
        /// Who names it means what they say.
        case kept
        /// An entry leads there.
        case booked

        func of(_ transport: TransportProtocol, _ port: Port) -> Int64 {
            (Int64(port.number) * 2 + (transport == .tcp ? 0 : 1)) * 4 + rawValue
        }
    }

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
            let calls: [Mark] =
                switch use {
                case .both: [.bind, .connect]
                case .bindOnly: [.bind]
                case .connectOnly: [.connect]
                }
            if ([.kept] + calls).contains(where: { marks.contains($0.of(transport, from)) }) { continue }
            if from == to {
                if use != .bindOnly { marks.insert(Mark.kept.of(transport, from)) }
                continue
            }
            for call in calls { marks.insert(call.of(transport, from)) }
            marks.insert(Mark.booked.of(transport, to))
            entries.append(Translation.Entry(transport, from, to: to, use))
            services.append(service)
        }
    }

    /// Has what a booking is declared as lead to what it is.
    mutating func add(_ booking: Booking) {
        guard let declared = booking.declared else { return }
        add(booking.service, booking.transport, declared, to: booking.ports)
    }

    /// Has who connects to a declared port be refused, until something of the command's own has listened there: no port
    /// was free for the service, and the number may be another checkout's.
    mutating func refuse(_ request: ServiceRequest) {
        guard let ports = request.declaredPorts else { return }
        for port in ports.ports {
            let own = [Mark.kept, .bind, .connect].map { $0.of(request.transport, port) }
            guard marks.isDisjoint(with: own) else { continue }
            marks.formUnion(own.dropFirst())
            entries.append(Translation.Entry(request.transport, port, to: port, .bindOnly))
            entries.append(Translation.Entry(request.transport, port, to: nil, .connectOnly))
            services += [request.service, request.service]
        }
    }

    /// Has who connects to a declared port come there where another service of the checkout has it and listens, until
    /// something of the command's own has listened.
    mutating func keepServed(by isServed: (ServiceName, TransportProtocol, Port) throws -> Bool) rethrows {
        for index in entries.indices where entries[index].use == .both {
            let entry = entries[index]
            if try isServed(services[index], entry.transport, entry.declared) { entries[index].use = .bindOnly }
        }
    }

    /// Leaves out every declared port that another service has got: who names it may mean either.
    mutating func dropAmbiguous() {
        let all = zip(entries, services)
        let clear = all.filter { entry, _ in !marks.contains(Mark.booked.of(entry.transport, entry.declared)) }
        entries = clear.map(\.0)
        services = clear.map(\.1)
    }
}
