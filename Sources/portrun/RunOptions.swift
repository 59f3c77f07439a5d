import PortrunBase
import PortrunCompose
import PortrunKit

/// Where a command works: the options that every subcommand has.
struct Selection: Equatable {
    /// `-C`
    var directory: String?
    /// `--context`
    var context: String?
    var app: String?
    var instance: String?
    var registry: String?
}

/// The options of `run`. Both ways of reading argv, `FastPath` and `RunCommand`, come to this.
struct RunOptions: Equatable {
    var selection = Selection()
    var wishes = BookingPlan.Wishes()
    /// The number of words at the end of argv that are the command.
    var commandSize = 0
    var isEphemeral = false
    var isShared = false
    /// Replace portrun by the command instead of waiting for it.
    var isReplacing = false
    /// End the command when it listens elsewhere than on its booked port.
    var isStrict = false
    var isDiscovering = true
    /// Let commands inside find portrun's shim in the place of docker and its kin.
    var isShimmed = true
    /// The kinds of things that get a name of their own in this checkout.
    var isolated = Isolation.nothing
    /// The services to use from the main worktree.
    var sharedServices: [String] = []
    var rewriting = Rewriting()
    var isQuiet = false
    var isVerbose = false
}

/// Which values follow moved ports.
struct Rewriting: Equatable {
    var isOn = true
    /// From `--env-file`, as typed.
    var envFiles: [String] = []
}

/// The options of `export`.
struct ExportOptions: Equatable {
    var selection = Selection()
    var wishes = BookingPlan.Wishes()
    var rewriting = Rewriting()
    /// Print nothing, and say nothing, where there is no project.
    var isAutomatic = false
    /// Called at each prompt of a shell: print nothing while nothing has changed.
    var isHook = false
    var format = ExportFormat.shell
}

/// The options of `get`.
struct GetOptions: Equatable {
    var selection = Selection()
    var service: ServiceName
    var isQuiet = false
    var isBooking = true
    var isJSON = false
}
