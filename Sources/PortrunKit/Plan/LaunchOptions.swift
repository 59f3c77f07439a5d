import PortrunBase
import PortrunCompose
import PortrunLaunch

/// What a launch is asked for, beside its command.
package struct LaunchOptions: Sendable, Equatable {
    package var wishes = BookingPlan.Wishes()
    /// Drop what is newly booked when the command ends.
    package var isEphemeral = false
    /// Use the running command's port instead of the next one.
    package var isShared = false
    /// Read the project's files, and add flags.
    package var isDiscovering = true
    /// Let commands inside find portrun's shim in the place of docker and its kin.
    package var isShimmed = true
    /// The kinds of things that get a name of their own in this checkout.
    package var isolated = Isolation.nothing
    /// The services to use from the main worktree.
    package var mainServices: [String] = []
    package var rewriting = Rewriting()
    /// Whether the command has its own localhost; nil leaves it to the settings.
    package var translating: Translation.Mode?
    /// portrun stays there while the command runs; not with `--exec`.
    package var isWatched = true
    /// The command listens where it is told, or ends: nothing else is moved for it.
    package var isStrict = false
    /// Where a portserver waits for the command; nil for none.
    package var portserver: String?
    /// Let a portrun inside the command say nothing but errors, too.
    package var isQuiet = false

    package init() {}

    /// Which values follow moved ports.
    package struct Rewriting: Sendable, Equatable {
        package var isOn = true
        /// From `--env-file`, as typed.
        package var envFiles: [String] = []

        package init() {}
    }
}
