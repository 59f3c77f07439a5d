import PortrunBase
import PortrunCompose

extension WatchList {
    /// The files that decide what a shell gets of a plan.
    package init(_ plan: Plan, and further: [String] = []) {
        self.init(plan.checkout, plan.project, and: further + (plan.scripted?.files ?? []))
    }

    /// The files that decide whether there is anything to look at.
    package init(_ checkout: Checkout, _ project: ComposeProject? = nil, and further: [String] = []) {
        self.init(
            checkout.context, project, workingDirectory: checkout.workingDirectory,
            environment: checkout.userEnvironment, and: further)
    }
}
