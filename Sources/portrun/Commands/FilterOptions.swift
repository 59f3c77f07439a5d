import ArgumentParser
import PortrunBase
import PortrunRegistry

/// The options that select the contexts a command looks at.
struct FilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only the context with this label or hash.", valueName: "name"))
    var context: String?

    @Option(help: "Only contexts whose label has this first part.")
    var app: String?

    @Option(help: "Only contexts whose label has this second part.")
    var instance: String?

    /// True when there is nothing to choose by.
    var isEmpty: Bool { context == nil && app == nil && instance == nil }

    var filter: BookingFilter {
        var filter = BookingFilter()
        filter.contextName = context
        filter.app = app
        filter.instance = instance
        return filter
    }
}
