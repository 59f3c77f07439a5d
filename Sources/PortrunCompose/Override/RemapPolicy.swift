import PortrunBase

/// How a context's override file changes a compose project, beside the ports that are booked for it.
package struct RemapPolicy: Sendable, Equatable {
    /// The name of the checkout's compose project, which containers and what is isolated are called after.
    ///
    /// It stays the same where a command demands another project (`-p`): files and scripts call these things by one name
    /// all the same. nil leaves all names alone, as in the main worktree, where the things that exist have them.
    package var project: String?
    /// False leaves an entry without a host port to Docker, which picks another one at each start.
    package var isPublishingBare: Bool
    /// The kinds of things that get a name of their own, where there is a `project`.
    package var isolated: Isolation
    /// What gets tags of its own, where images are isolated.
    package var built = BuiltImages()
    /// False where nobody reads what the containers' values say, so that they need not be looked through.
    package var changesValues = true
    /// A variable that gets no number of a service, so that the ports which read it move by the override; nil for none.
    package var unsetVariable: String?
    /// What the services' env files say.
    package var envFiles = ServiceEnvFiles()
    /// The services that are the main worktree's here, and not started; nil for none.
    package var mainServices: MainServicesOverride?

    package init(
        project: String? = nil, isPublishingBare: Bool = true,
        isolated: Isolation = .nothing,
        mainServices: MainServicesOverride? = nil
    ) {
        self.project = project
        self.isPublishingBare = isPublishingBare
        self.isolated = isolated
        self.mainServices = mainServices
    }
}
