import PortrunBase
import PortrunLaunch
import PortrunRegistry

extension Preparation {
    /// The ports that the command's servers should listen on: those of the known servers where each has its own, else its
    /// own one.
    package var expectation: PortExpectation {
        var servers: [PortExpectation.Server] = []
        for (call, index) in zip(plan.calls.calls, plan.booking.serverRequests) {
            servers.append(server(at: index, call))
        }
        if servers.isEmpty, let primary = plan.booking.primary { servers.append(server(at: primary, nil)) }
        // A number in its source that leads to another service's booking is where that server is to be.
        return PortExpectation(
            servers, others: (booked.outcome.bookings + booked.siblings).flatMap { Array($0.ports.ports) },
            unowned: booked.siblings.filter { $0.transport == .tcp && $0.isMoved }.map(\.port))
    }

    /// All that the user should hear of the booked ports, each in a sentence.
    ///
    /// Who listens where a port should have been is looked up here, when the registry is not locked any more.
    package var notices: [String] {
        var outcome = booked.outcome
        outcome.moves = outcome.moves.map { move in
            var move = move
            move.clone = plan.checkout.firstClone
            guard move.reason == .busy else { return move }
            if let process = ListeningProcess.find(on: move.from, .tcp), plan.checkout.isOwn(process) {
                return move.with(.own(program: process.name, pid: process.pid))
            }
            return plan.checkout.knownListener(on: move.from).map { move.with(.known(owner: $0)) } ?? move
        }
        return outcome.notices
    }

    private func server(at index: Int, _ call: FrameworkCall?) -> PortExpectation.Server {
        let request = plan.booking.requests[index]
        let isPrimary = index == plan.booking.primary
        // Who is told of a server that runs is another one.
        let isTold = call == nil && !booked.outcome.requests[index].request.isExclusive
        return PortExpectation.Server(
            request.service, name: call?.framework.name, booked: booked.outcome.booking(at: index).port,
            usual: isTold ? nil : call?.port ?? request.declared,
            variable: isPrimary ? plan.options.wishes.variable : request.service.portVariable,
            placeholder: isPrimary ? "{port}" : "{port:\(request.service)}")
    }
}
