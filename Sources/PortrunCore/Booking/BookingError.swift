/// Why a port could not be booked.
package enum BookingError: ReportableError, Equatable {
    /// The port asked for belongs to `owner` (`label service`).
    case booked(port: Port, owner: String)
    /// The port asked for is one that another program listens on.
    case busy(port: Port)
    /// No port is left for `service`, in the default range neither; the counts are those of `range`, its own.
    case exhausted(service: ServiceName, range: PortRange, booked: Int, busy: Int, blocked: Int)

    package var message: String {
        switch self {
        case .booked(let port, let owner): "port \(port) is booked by \(owner)"
        case .busy(let port): "port \(port) is in use by another program"
        case .exhausted(let service, let range, let booked, let busy, let blocked):
            "no free port for `\(service)` in \(range): \(booked) booked, \(busy) in use by other programs, "
                + "\(blocked) blocked"
        }
    }

    package var hint: String? {
        switch self {
        case .booked: "`portrun status --all` lists every booking"
        case .busy: "ask for another one, or leave `--port` out"
        case .exhausted: "`portrun gc` drops bookings whose project is gone"
        }
    }

    /// A port that somebody else has is a clean «no»; a full range is a failure.
    package var exitStatus: Int32 {
        switch self {
        case .booked, .busy: 1
        case .exhausted: 125
        }
    }
}
