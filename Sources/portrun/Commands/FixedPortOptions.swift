import ArgumentParser
import PortrunBase
import PortrunKit

/// The options on what becomes of the ports that a project's compose files publish.
struct FixedPortOptions: ParsableArguments {
    @Option(help: "What becomes of fixed ports that somebody else has: remap, keep or fail.")
    var fixed = FixedPortPolicy.remap

    @Flag(name: .customLong("no-publish-bare"), help: "Leave container ports without a published one to Docker.")
    var leavesBare = false

    func apply(to wishes: inout BookingPlan.Wishes) {
        wishes.fixed = fixed
        wishes.isPublishingBare = !leavesBare
    }
}

extension FixedPortPolicy: ExpressibleByArgument {}
