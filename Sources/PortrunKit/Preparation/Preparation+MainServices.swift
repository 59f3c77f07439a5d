import PortrunBase
import PortrunCompose
import PortrunRegistry

extension Preparation {
    /// Lets containers here reach the services of the main worktree.
    ///
    /// - Returns: a notice for each service that does not run there.
    package func connectMainServices() -> [String] {
        let checkout = plan.checkout
        guard let shared = booked.policy.mainServices, let services = plan.mainServices else { return [] }
        guard let engine = plan.compose?.engine else { return [] }
        NetworkNote.save(
            shared.network, of: booked.context.fileOwner, engine: engine, in: checkout.state)
        return shared.connect(by: engine, environment: checkout.userEnvironment).map {
            "`\($0)` does not run in the main worktree: start it in `\(services.main.path)`"
        }
    }

    /// Drops the networks of a project that has been taken down.
    package func settleNetworks() {
        let checkout = plan.checkout
        for note in NetworkNote.all(in: checkout.state) where note.owner.context == booked.context.hash {
            note.settle(environment: checkout.userEnvironment)
        }
    }

    /// The values and variables of the project that do not follow ports with another number here.
    package var movedPortFindings: [ComposeFinding] {
        guard let project = plan.project else { return [] }
        return project.movedPortFindings(plan.booking.byEntry(booked.outcome.ports, project.ports))
    }

    /// The values inside containers that name ports with another number here, as the override says them.
    package var valuesInContainers: [FollowingValue] {
        guard let project = plan.project, !lacking.contains(.override), !project.hasOverride(in: plan.checkout.state)
        else { return [] }
        return project.followingValues(
            plan.booking.byEntry(booked.outcome.ports, project.ports), plan.serviceEnvFiles, Look(.ofPrompt))
    }
}
