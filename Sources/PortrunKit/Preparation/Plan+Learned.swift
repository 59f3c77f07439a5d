import PortrunBase
import PortrunRegistry

extension Plan {
    /// The requests with the ports that commands of the main worktree were seen to listen on, in a linked one; what the
    /// command does not ask for is booked aside, so that whoever names such a port comes to this checkout's.
    func withLearned(
        _ requests: [ServiceRequest], _ transaction: Transaction, _ record: ContextRecord
    ) throws -> [ServiceRequest] {
        guard checkout.context.isGuest, invocation != nil, compose == nil, docker == nil else { return requests }
        let learned = try transaction.learnedInMainWorktree(of: record)
        if learned.isEmpty { return requests }
        var result = requests
        for booking in learned {
            guard let declared = booking.declared,
                !result.contains(where: { $0.transport == .tcp && $0.declared == declared })
            else { continue }
            let index = result.firstIndex { $0.transport == .tcp && $0.service == booking.service }
            if let index {
                let request = result[index]
                if request.declared == nil, request.wish == nil, request.demand == nil {
                    result[index].declared = declared
                }
                continue
            }
            let isKnown = try transaction.bookings(of: record).contains {
                $0.transport == .tcp && ($0.declared == declared || $0.service == booking.service)
            }
            if !isKnown { try transaction.adopt(declared, booking.service, record) }
        }
        return result
    }

    /// True for a command that nobody knows as a server, in a main worktree beside which there are others: if it is one,
    /// those are to know its ports.
    package var isWatchedForWorktrees: Bool {
        guard let invocation, !invocation.isVerbatim, compose == nil, docker == nil, !checkout.isNamed,
            let repository = checkout.context.repository, Path.parent(repository) == checkout.context.path
        else { return false }
        return FileSystem.names(in: repository + "/worktrees")?.isEmpty == false
    }
}
