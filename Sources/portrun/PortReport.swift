import PortrunBase
import PortrunRegistry

/// The answer of `portrun check` for a port: everybody who has it.
struct PortReport {
    let port: Port
    /// At most one for TCP and one for UDP.
    let bookings: [BookingStatus]
    /// The running containers that publish it.
    let containers: [(container: Container, transport: TransportProtocol)]
    let listeners: [Listener]
    /// The user who asks.
    let uid: UInt32

    var isFree: Bool { bookings.isEmpty && containers.isEmpty && listeners.isEmpty }

    /// One object; see docs/json.md for its keys.
    var json: JSONValue {
        .object([
            "port": .integer(Int(port.number)), "free": .boolean(isFree),
            "bookings": .array(bookings.map(\.json)),
            "containers": .array(
                containers.map { container, transport in
                    .object([
                        "name": .string(container.name), "project": .string(container.project),
                        "service": .string(orNull: container.service), "protocol": .string(transport.rawValue),
                    ])
                }),
            "listeners": .array(
                listeners.map { listener in
                    .object([
                        "protocol": .string(listener.transport.rawValue), "address": .string(orNull: listener.address),
                        "pid": .integer(orNull: listener.process.map { Int($0.pid) }),
                        "command": .string(orNull: listener.process?.command),
                        "user": .string(orNull: listener.uid.map(UserName.of)),
                    ])
                }),
        ])
    }

    /// A line for each who has it; one that says so when it is free.
    var text: String {
        if isFree { return "\(port) is free\n" }
        return TransportProtocol.allCases.flatMap { transport in
            lines(for: transport).map { "\(port)/\(transport.rawValue) is \(Table.onOneLine($0))\n" }
        }.joined()
    }

    private func lines(for transport: TransportProtocol) -> [String] {
        var lines: [String] = []
        for status in bookings where status.booking.transport == transport {
            let block = status.booking.count == 1 ? "" : " (\(status.booking.ports))"
            let note = status.description.map { ": \($0)" } ?? ""
            lines.append("booked by \(status.context.label) \(status.booking.service)\(block)\(note)")
            switch status.state {
            case .live(let pid, let command): lines.append("leased to pid \(pid): \(command)")
            case .timed(let end): lines.append("leased until \(Timestamp(end).text)")
            case .contained, .listening, .idle: break
            }
        }
        lines += containers.filter { $0.transport == transport }.map { container, _ in
            "published by the container \(container.name) of \(container.project)"
        }
        return lines + listeners.filter { $0.transport == transport }.map(line)
    }

    private func line(_ listener: Listener) -> String {
        guard let address = listener.address, let uid = listener.uid else { return "in use by an unknown process" }
        let user = UserName.of(uid)
        if let process = listener.process {
            return "in use on \(address) by pid \(process.pid) (\(user)): \(process.command)"
        }
        let owner = uid == self.uid ? "" : " of another user (\(user))"
        return "in use on \(address) by an unknown process\(owner)"
    }
}
