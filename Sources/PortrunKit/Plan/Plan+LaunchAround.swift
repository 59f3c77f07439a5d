import PortrunBase

extension Plan {
    /// True for a launch inside of another one of its checkout.
    package var isInsideLaunch: Bool {
        checkout.system.environment[Overlay.contextVariable].map { $0 == checkout.context.hash } ?? false
    }
}
