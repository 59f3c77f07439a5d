/// Why a port could not be booked.
package enum BookingError: ReportableError, Equatable {
    /// The port asked for belongs to `owner` (`label service`).
    case booked(port: Port, owner: String)
    /// The port asked for is one that another program listens on.
    case busy(port: Port)
    /// No `count` consecutive ports are left for `service`, in the default range neither; what is counted is in
    /// `range`, its own.
    case exhausted(service: ServiceName, count: Int = 1, range: PortRange, booked: Int, busy: Int, blocked: Int)
    /// So many ports do not follow the one asked for.
    case beyondLast(port: Port, count: Int)
    /// Ports that the project fixes and that were not to be moved.
    case fixed([TakenPort])

    /// A port that a service must have and somebody else has.
    package struct TakenPort: Sendable, Equatable {
        package let service: ServiceName
        package let ports: PortRange
        package let reason: Move.Reason

        package init(service: ServiceName, ports: PortRange, reason: Move.Reason) {
            self.service = service
            self.ports = ports
            self.reason = reason
        }
    }

    package var message: String {
        switch self {
        case .booked(let port, let owner): "port \(port) is booked by \(owner)"
        case .busy(let port): "port \(port) is in use by another program"
        case .exhausted(let service, let count, let range, let booked, let busy, let blocked):
            "no \(count == 1 ? "free port" : "\(count) consecutive free ports") for `\(service)` in \(range): "
                + "\(booked) booked, \(busy) in use by other programs, \(blocked) blocked"
        case .beyondLast(let port, let count): "there are no \(count) ports from \(port) on"
        case .fixed(let taken):
            "ports that the project fixes are taken: "
                + taken.map { "`\($0.service)`: \($0.reason.clause(about: $0.ports))" }.joined(separator: "; ")
        }
    }

    package var hint: String? {
        switch self {
        case .booked: "`portrun status --all` lists every booking"
        case .busy: "ask for another one, or leave `--port` out"
        case .exhausted: "`portrun gc` drops bookings whose project is gone"
        case .beyondLast: nil
        case .fixed: "`--fixed remap` moves them"
        }
    }

    /// A port that somebody else has is a clean «no»; a full range is a failure, and so are fixed ports that are taken.
    package var exitStatus: Int32 {
        switch self {
        case .booked, .busy: 1
        case .beyondLast: 64
        case .exhausted, .fixed: 125
        }
    }
}
