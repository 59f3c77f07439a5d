/// A service that did not get, or did not keep, the port it should have had.
package struct Move: Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        /// Booked by another service; `owner` is `label service`.
        case booked(owner: String)
        /// A program outside portrun's knowledge listens on it.
        case busy
        /// The project declares it, so the main checkout has it.
        case main
        /// The user booked another one by hand before.
        case demanded
    }

    package let service: ServiceName
    package let from: Port
    package let to: Port
    /// How many consecutive ports it has now, and how many it had.
    package let count: Int
    package let formerCount: Int
    package let reason: Reason

    package init(
        service: ServiceName, from: Port, to: Port, count: Int = 1, formerCount: Int? = nil, reason: Reason
    ) {
        self.service = service
        self.from = from
        self.to = to
        self.count = count
        self.formerCount = formerCount ?? count
        self.reason = reason
    }

    package var message: String {
        let old = PortRange(from, count: formerCount) ?? PortRange(from)
        let wanted = PortRange(from, count: count) ?? old
        let new = PortRange(to, count: count) ?? PortRange(to)
        if reason == .demanded {
            return "`\(service)` stays on \(new), which was booked by hand, and not \(wanted); "
                + "`portrun release \(service)` gives it up"
        }
        let text = "`\(service)` moved from \(old) to \(new): \(reason.clause(about: wanted))"
        return from.isPrivileged && !to.isPrivileged ? "\(text); URLs change, they now need `:\(to)`" : text
    }
}

extension Move.Reason {
    /// The obstacle to booking `ports`, as a clause.
    func clause(about ports: PortRange) -> String {
        switch self {
        case .booked(let owner): "\(ports.count == 1 ? "\(ports) is" : "ports in \(ports) are") booked by \(owner)"
        case .busy: "another program listens \(ports.count == 1 ? "on" : "in") \(ports)"
        case .main: "\(ports) \(ports.count == 1 ? "is" : "are") the main checkout's"
        case .demanded: "another port was booked by hand"
        }
    }
}
