/// Why a port could not be booked.
package enum BookingError: ReportableError, Equatable {
    /// Some of the ports asked for belong to `owner` (`label service`).
    case booked(ports: PortRange, owner: String)
    /// Another program listens on some of the ports asked for; `owner` says who, where that is known.
    case busy(ports: PortRange, owner: String? = nil)
    /// A running command holds the ports of `service`, and others are asked for.
    case held(service: ServiceName, ports: PortRange, pid: Int32, command: String)
    /// No `count` consecutive ports are left for `service`.
    ///
    /// The numbers count the ports of `range`: the range asked for, or else the service's own. In the latter case the
    /// default range has no ports left either.
    case exhausted(
        service: ServiceName, count: Int = 1, range: PortRange, isDemanded: Bool = false, booked: Int, busy: Int,
        blocked: Int)
    /// There are fewer than `count` ports from `port` up to the last one.
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

    private static let stranger = "another program"

    package var message: String {
        switch self {
        case .booked(let ports, let owner):
            ports.count == 1 ? "port \(ports) is booked by \(owner)" : "ports in \(ports) are booked by \(owner)"
        case .busy(let ports, let owner):
            ports.count == 1
                ? "port \(ports) is in use by \(owner ?? Self.stranger)"
                : "ports in \(ports) are in use by \(owner ?? Self.stranger)"
        case .held(let service, let ports, let pid, let command):
            "`\(service)` is held on \(ports) by pid \(pid): \(command)"
        case .exhausted(let service, let count, let range, _, let booked, let busy, let blocked):
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
        case .held: "end it first, or book another service"
        case .exhausted: "`portrun gc` drops bookings whose project is gone"
        case .beyondLast: nil
        case .fixed: "`--fixed remap` moves them"
        }
    }

    /// A port that was asked for and that somebody has is a clean «no». It is a failure when there is no port at all,
    /// or when fixed ports are taken.
    package var exitStatus: Int32 {
        switch self {
        case .booked, .busy, .held, .exhausted(_, _, _, true, _, _, _): 1
        case .beyondLast: 64
        case .exhausted, .fixed: 125
        }
    }
}
