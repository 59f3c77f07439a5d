import ArgumentParser
import PortrunBase
import PortrunKit

/// The options on what becomes of the ports that a project's compose files publish.
struct FixedPortOptions: ParsableArguments {
    @Option(help: "Move fixed ports that somebody else has, keep them, or fail.")
    var fixed = FixedPortPolicy.remap

    @Flag(name: .customLong("no-publish-bare"), help: "Let Docker choose the ports of bare container ports.")
    var leavesBare = false

    func apply(to wishes: inout BookingPlan.Wishes) {
        wishes.fixed = fixed
        wishes.isPublishingBare = !leavesBare
    }
}

extension FixedPortPolicy: ExpressibleByArgument {}
