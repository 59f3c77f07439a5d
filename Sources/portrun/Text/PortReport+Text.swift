import PortrunBase
import PortrunKit
import PortrunRegistry

extension PortReport {
    /// A line for each who has it; one that says so when it is free.
    var text: String {
        if isFree { return "\(port) is free\n" }
        return TransportProtocol.allCases.flatMap { transport in
            lines(for: transport).map { "\(port)/\(transport.rawValue) is \(TerminalText.onOneLine($0))\n" }
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
            "published by the container \(container.name)" + (container.project.map { " of \($0)" } ?? "")
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
