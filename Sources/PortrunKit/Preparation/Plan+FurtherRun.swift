import PortrunBase
import PortrunRegistry

/// A command beside the one that has the checkout's own port.
extension Plan {
    /// The requests. Where the command may be a client of what runs, it is told of that one's port, and has none of its own:
    /// it asks by the number that both have from one file, and another one would lead it to nobody.
    ///
    /// The same command again is a second server.
    func withPortOfRunning(
        _ requests: [ServiceRequest], _ transaction: Transaction, _ record: ContextRecord
    ) throws -> [ServiceRequest] {
        guard mayBeClient, let invocation, let primary = booking.primary, case let request = requests[primary],
            request.demand == nil, request.range == nil,
            let running = try transaction.booking(of: record, request.service, request.transport),
            running.target == nil, Self.isNumber(of: running, request.wish ?? request.declared),
            try transaction.isServed(running, byOtherThan: CommandSummary.text(of: invocation.arguments))
        else { return requests }
        var result = requests
        result[primary].isExclusive = false
        result[primary].declared = request.declared ?? running.declared
        return result
    }

    /// - Parameter number: nil for a command that has none by itself, as far as is known.
    private static func isNumber(of running: Booking, _ number: Port?) -> Bool {
        guard let number else { return running.declared != nil }
        return running.port == number || running.declared == number
    }
}
