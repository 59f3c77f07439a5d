import PortrunBase

extension Booking {
    static let columns = "id, service, port, protocol, target, variable, source, is_ephemeral, last_used, count"

    /// Reads a row of `columns`, from the column `first` on.
    ///
    /// The tables' own checks make sure that a port and a protocol are what they should be, and only portrun writes
    /// names and sources; a row that somebody else has spoilt is read as the nearest thing that is valid.
    init(_ row: Database.Row, first: Int32 = 0) {
        let ports = row.ports(first + 2, count: first + 9) ?? PortRange(.lowest)
        self.init(
            id: row.integer(first), service: ServiceName(row.text(first + 1)) ?? .unnamed,
            port: ports.first, transport: TransportProtocol(rawValue: row.text(first + 3)) ?? .tcp,
            target: row.port(first + 4), variable: row.textOrNull(first + 5),
            source: Source(rawValue: row.text(first + 6)) ?? .range, isEphemeral: row.integer(first + 7) != 0,
            lastUsed: row.time(first + 8), count: ports.count)
    }

    func with(port: Port, count: Int, source: Source) -> Booking {
        Booking(
            id: id, service: service, port: port, transport: transport, target: target, variable: variable,
            source: source, isEphemeral: isEphemeral, lastUsed: lastUsed, count: count)
    }

    func with(target: Port?, variable: String?, count: Int) -> Booking {
        Booking(
            id: id, service: service, port: port, transport: transport, target: target, variable: variable,
            source: source, isEphemeral: isEphemeral, lastUsed: lastUsed, count: count)
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
