import PortrunBase
import PortrunCompose

extension Preparation {
    /// A warning for each volume and network that the containers which are about to start share with other checkouts, or
    /// have of their own although the files say otherwise.
    package func sharedThings() -> [Warning] {
        guard let compose = plan.compose, compose.startsContainers, let project = plan.project,
            let own = booked.policy.project
        else { return [] }
        return project.sharedThings(for: own, isolated: booked.policy.isolated).map {
            $0.warning(relativeTo: plan.checkout.workingDirectory)
        }
    }
}
