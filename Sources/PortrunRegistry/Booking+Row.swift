import PortrunBase

extension Booking {
    static let columns =
        "id, service, port, protocol, target, variable, source, is_ephemeral, last_used, count, declared, is_lent"

    /// Reads a row of `columns`, from the column `first` on.
    ///
    /// Only portrun writes them, from values that are valid; a row that somebody else has spoilt is read as the nearest
    /// thing that is valid.
    init(_ row: Database.Row, first: Int32 = 0) {
        let ports = row.ports(first + 2, count: first + 9) ?? PortRange(.lowest)
        self.init(
            id: row.integer(first), service: ServiceName(row.text(first + 1)) ?? .unnamed,
            port: ports.first, transport: TransportProtocol(rawValue: row.text(first + 3)) ?? .tcp,
            target: row.port(first + 4), variable: row.textOrNull(first + 5),
            source: Source(rawValue: row.text(first + 6)) ?? .range, isEphemeral: row.integer(first + 7) != 0,
            lastUsed: row.time(first + 8), count: ports.count, declared: row.port(first + 10),
            isLent: row.integer(first + 11) != 0)
    }

    func with(port: Port, count: Int, source: Source) -> Booking {
        Booking(
            id: id, service: service, port: port, transport: transport, target: target, variable: variable,
            source: source, isEphemeral: isEphemeral, lastUsed: lastUsed, count: count, declared: declared,
            isLent: isLent)
    }

    /// As the project's files have it now.
    func with(_ request: ServiceRequest) -> Booking {
        // Who asks for a service by its name alone does not know what it is in its container.
        let isNamed = request.entry == nil && !request.isExclusive
        return Booking(
            id: id, service: service, port: port, transport: transport,
            target: request.target ?? (isNamed ? target : nil),
            variable: request.variable ?? (isNamed ? variable : nil), source: request.demand == nil ? source : .demand,
            isEphemeral: isEphemeral,
            lastUsed: lastUsed, count: request.count, declared: request.declared ?? request.wish ?? declared,
            isLent: request.entry == nil ? isLent : request.isLent)
    }

    func with(declared: Port?) -> Booking {
        Booking(
            id: id, service: service, port: port, transport: transport, target: target, variable: variable,
            source: source, isEphemeral: isEphemeral, lastUsed: lastUsed, count: count, declared: declared,
            isLent: isLent)
    }

    func with(service: ServiceName) -> Booking {
        Booking(
            id: id, service: service, port: port, transport: transport, target: target, variable: variable,
            source: source, isEphemeral: isEphemeral, lastUsed: lastUsed, count: count, declared: declared,
            isLent: isLent)
    }
}

extension ServiceName {
    /// A valid name.
    fileprivate static var unnamed: ServiceName { ServiceName("unnamed")! }
}

extension Port {
    /// A valid port.
    fileprivate static var lowest: Port { Port(1)! }
}
