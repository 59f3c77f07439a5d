import PortrunBase
import PortrunKit
import PortrunLaunch
import PortrunRegistry

extension RunPipeline {
    /// The look at where the command listens; nil where it is to listen on nothing, or nobody wants to hear of it.
    func listeningWatch(on launch: Launch, _ outcome: BookingOutcome) -> ListeningWatch? {
        guard launch.hasServers, options.isStrict || !options.isQuiet else { return nil }
        let answer: ListeningWatch.Answer =
            options.isStrict
            ? .end : .tell { Report.warning(Warning("\($0.message): \($0.hint)")) }
        return ListeningWatch(answering: answer, told: Overlay.inherited) { launch.expectation(outcome) }
    }
}

extension Launch {
    /// False for a compose command, which starts its servers in containers.
    var hasServers: Bool { plan.primary != nil }

    /// The ports that the command's servers should listen on: those of the known servers where each has its own, else
    /// the command's own.
    func expectation(_ outcome: BookingOutcome) -> PortExpectation {
        var servers: [PortExpectation.Server] = []
        for (call, index) in zip(calls.calls, plan.serverRequests) {
            servers.append(server(at: index, call, outcome))
        }
        if servers.isEmpty, let primary = plan.primary { servers.append(server(at: primary, nil, outcome)) }
        return PortExpectation(servers, others: outcome.bookings.flatMap { Array($0.ports.ports) })
    }

    private func server(at index: Int, _ call: FrameworkCall?, _ outcome: BookingOutcome) -> PortExpectation.Server {
        let request = plan.requests[index]
        let isPrimary = index == plan.primary
        return PortExpectation.Server(
            request.service, name: call?.framework.name, booked: outcome.booking(at: index).port,
            usual: call?.port ?? request.declared,
            variable: isPrimary ? options.wishes.variable : request.service.portVariable,
            placeholder: isPrimary ? "{port}" : "{port:\(request.service)}")
    }
}
