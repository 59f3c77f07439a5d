import PortrunBase
import PortrunRegistry

/// The number that the project's own server has by itself, in a shell, where no command line tells it.
extension Plan {
    /// The requests with that number, as far as an earlier launch here has shown it: `PORT` is
    /// set, and values that name the number have to follow it.
    func withKnownOwnPort(
        _ requests: [ServiceRequest], _ transaction: Transaction, _ record: ContextRecord
    ) throws -> [ServiceRequest] {
        guard invocation == nil, checkout.context.isGuest, let primary = booking.primary,
            requests[primary].declared == nil, requests[primary].wish == nil, requests[primary].demand == nil
        else { return requests }
        let request = requests[primary]
        let known = try transaction.booking(of: record, request.service, request.transport)?.declared
        var result = requests
        result[primary].declared = known
        return result
    }

    /// Whether an env file names a port of this machine that nothing declares, while nobody knows which one the project's
    /// own server has: it may be that one, and `PORT` alone would part the two.
    func namesUnknownPort(besides booked: BookedPlan) -> Bool {
        guard options.rewriting.isOn, let primary = booking.primary,
            case let own = booked.outcome.requests[primary].request,
            own.declared == nil,
            own.wish == nil, own.demand == nil, let variables = try? envFiles?.variables().variables
        else { return false }
        var known: [PortRange] = []
        for port in wholeProject?.ports ?? [] {
            guard let range = port.published.range else { continue }
            // Of a range there may be thousands, and thousands of values are compared with all.
            if port.isContinued, let last = known.last, Int(last.last.number) + 1 == Int(range.first.number),
                let whole = PortRange(last.first, range.last)
            {
                known[known.count - 1] = whole
            } else {
                known.append(range)
            }
        }
        for booking in booked.outcome.bookings + booked.siblings {
            known.append(booking.ports)
            if let declared = booking.declared { known.append(PortRange(declared)) }
        }
        for variable in variables where variable.value.count <= 4096 {
            for address in LocalAddress.all(in: String(decoding: variable.value, as: UTF8.self))
            where !known.contains(where: { $0.contains(address.port) }) {
                return true
            }
        }
        return false
    }
}
