import PortrunBase

extension WatchList {
    /// The files that decide what a shell gets of a plan.
    package init(_ plan: Plan) {
        let checkout = plan.checkout
        self.init(
            checkout.context, plan.project, workingDirectory: checkout.workingDirectory,
            environment: checkout.userEnvironment)
    }
}
