import PortrunBase
import PortrunRegistry

/// A command beside the one that has the checkout's own port.
extension Plan {
    /// The requests. Where the command may be a client of what runs, it is told of that one's port, and has none of its own:
    /// it asks by the number that both have from one file, and another one would lead it to nobody.
    ///
    /// The same command again is a second server. One that has another number than what runs is no client of it.
    func withPortOfRunning(
        _ requests: [ServiceRequest], _ transaction: Transaction, _ record: ContextRecord
    ) throws -> [ServiceRequest] {
        guard mayBeClient, let invocation, let primary = booking.primary, case let request = requests[primary],
            request.demand == nil, request.range == nil
        else { return requests }
        let slots = try slots(of: request, transaction, record)
        let number = request.wish ?? request.declared
        let command = CommandSummary.text(of: invocation.arguments)
        var result = requests
        // Who has no number asks what runs in the first one.
        for running in number == nil ? slots.prefix(1) : slots[...]
        where try isNumber(of: running, number, transaction)
            && transaction.isServed(running, byOtherThan: command)
        {
            result[primary].service = running.service
            result[primary].isExclusive = false
            result[primary].declared = request.declared ?? running.declared
            return result
        }
        if !request.isExclusive, let number {
            result[primary] = try inSlotOfItsOwn(request, number, besides: slots, transaction)
        }
        return result
    }

    /// The requests. A command that nobody knows as a server, and that has no number by itself, is not the server whose
    /// number is known here or in the main worktree, for a launch of that would know it as well: it leaves that one's
    /// name and port to it.
    ///
    /// - Parameter asked: the requests as the plan has them.
    func besideKnownServer(
        _ requests: [ServiceRequest], asked: [ServiceRequest], _ relatives: [RelativeBooking],
        _ transaction: Transaction, _ record: ContextRecord
    ) throws -> [ServiceRequest] {
        guard ownPort == .unknown, invocation != nil, checkout.context.isGuest, let primary = booking.primary,
            case let request = asked[primary], request.declared == nil, request.wish == nil, request.demand == nil,
            request.range == nil, requests[primary].isExclusive
        else { return requests }
        let slots = try slots(of: request, transaction, record)
        let isKnown =
            slots.contains { $0.service == request.service && $0.isOfKnownServer }
            || relatives.contains {
                $0.isOfMain && $0.booking.service == request.service && $0.booking.transport == request.transport
                    && $0.booking.isOfKnownServer
            }
        guard isKnown else { return requests }
        var result = requests
        result[primary] = request
        var number = 1
        repeat {
            number += 1
            result[primary].service = request.service.appending(number)
        } while try booking.requests.contains { $0.service == result[primary].service }
            || slots.contains { slot in
                try slot.service == result[primary].service
                    && (slot.isOfKnownServer || !transaction.isIdle(slot, BookingTerms()))
            }
        return result
    }

    /// What commands have of the service, in the order of the slots.
    private func slots(
        of request: ServiceRequest, _ transaction: Transaction, _ record: ContextRecord
    ) throws -> [Booking] {
        try transaction.bookings(of: record)
            .filter { $0.transport == request.transport && $0.target == nil }
            .compactMap { booking in booking.service.slot(of: request.service).map { (number: $0, booking: booking) } }
            .sorted { $0.number < $1.number }.map(\.booking)
    }

    /// The request under the name of the first slot that is nobody's or has its number: what runs keeps its port, and
    /// nobody is told that port in the place of his own.
    private func inSlotOfItsOwn(
        _ request: ServiceRequest, _ number: Port, besides slots: [Booking], _ transaction: Transaction
    ) throws -> ServiceRequest {
        var own = request
        var slot = 1
        while let found = slots.first(where: { $0.service == own.service }),
            try !isNumber(of: found, number, transaction), try !transaction.isIdle(found, BookingTerms())
        {
            // What is declared is the number of what runs.
            if own.declared == found.declared || own.declared == found.port { own.declared = nil }
            repeat {
                slot += 1
                own.service = request.service.appending(slot)
            } while booking.requests.contains { $0.service == own.service }
        }
        return own
    }

    /// - Parameter number: nil for a command that has none by itself, as far as is known.
    private func isNumber(of running: Booking, _ number: Port?, _ transaction: Transaction) throws -> Bool {
        guard let number else { return running.declared != nil }
        if running.port == number || running.declared == number { return true }
        // What runs has wished it, too, and has another port in its place.
        return try transaction.refusedWish(of: running) == number
    }
}

extension Booking {
    /// A command has it whose number the project's files or a known framework say.
    fileprivate var isOfKnownServer: Bool {
        guard declared != nil, target == nil else { return false }
        switch source {
        case .declared, .range, .fallback, .reclaimed, .yielded: return true
        case .demand, .environment, .learned: return false
        }
    }
}
