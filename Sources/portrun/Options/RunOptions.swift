import PortrunBase
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
    var launch = LaunchOptions()
    /// The number of words at the end of argv that are the command.
    var commandSize = 0
    /// Replace portrun by the command instead of waiting for it.
    var isReplacing = false
    /// End the command when it listens elsewhere than on its booked port, which it then has.
    var isStrict: Bool {
        get { launch.isStrict }
        set {
            launch.isStrict = newValue
            if newValue { launch.wishes.asksForOwnPort = true }
        }
    }
    /// Start a portserver for the command.
    var hasPortserver = false
    var isVerbose = false

    var isQuiet: Bool { launch.isQuiet }
}

/// The options of `export`.
struct ExportOptions: Equatable {
    var selection = Selection()
    var launch = LaunchOptions()
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
