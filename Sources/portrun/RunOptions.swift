import PortrunCore

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

/// What `run` was asked for. Both ways of reading argv, `FastPath` and `RunCommand`, come to this.
struct RunOptions: Equatable {
    var selection = Selection()
    var wishes = BookingPlan.Wishes()
    /// How many words at the end of argv are the command.
    var commandSize = 0
    var isEphemeral = false
    var isShared = false
    /// Replace portrun by the command instead of waiting for it.
    var isReplacing = false
    var isDiscovering = true
    /// Let commands inside find portrun's shim in the place of docker and its kin.
    var isShimmed = true
    /// What gets a name of its own in this checkout.
    var isolated = Isolation.nothing
    /// The services to use of the main worktree's.
    var sharedServices: [String] = []
    var isQuiet = false
    var isVerbose = false
}

/// What `export` was asked for.
struct ExportOptions: Equatable {
    var selection = Selection()
    var wishes = BookingPlan.Wishes()
    /// Print nothing, and say nothing, where there is no project.
    var isAutomatic = false
    var format = ExportFormat.shell
}

/// What `get` was asked for.
struct GetOptions: Equatable {
    var selection = Selection()
    var service: ServiceName
    var isQuiet = false
    var isBooking = true
    var isJSON = false
}
