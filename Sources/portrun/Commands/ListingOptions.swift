import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

/// The options that `list` and `status` share. The two differ only in where they look by default.
struct ListingOptions: ParsableArguments {
    @OptionGroup var placeOptions: PlaceOptions

    @Flag(help: "Show every checkout on this machine.")
    var all = false

    @OptionGroup var filterOptions: FilterOptions

    @Option(help: "Show only this service.")
    var service: ServiceName?

    @Flag(help: "Show only bookings that a running command, a container or a time to live holds.")
    var live = false

    @Flag(help: "Show only bookings that nobody holds, and on whose port nothing listens.")
    var free = false

    @Flag(help: "Print a JSON array, one object per booking.")
    var json = false

    @Option(help: ArgumentHelp("Print lines that `import` reads: ports.", valueName: "format"))
    var format: ListingFormat?

    @Flag(name: .shortAndLong, help: "Print the port numbers alone.")
    var quiet = false

    /// True when bookings may be left out that the user did not name by a context.
    private var isFiltering: Bool { !filterOptions.isEmpty || service != nil || live || free }

    func validate() throws {
        guard !live || !free else { throw ValidationError("give either `--live` or `--free`") }
        guard format == nil || (!json && !quiet) else {
            throw ValidationError("`--format` does not go with `--json` or `-q`")
        }
    }

    /// Prints the bookings.
    ///
    /// - Parameter isMachineWide: look at all contexts unless an option names some; else at the current one alone.
    func list(isMachineWide: Bool, _ system: System) throws -> Int32 {
        let checkout = try Checkout(placeOptions.selection, system)
        let registry = try checkout.openRegistry(isQuiet: quiet)
        var translation: TranslationPlan?
        var isBookedElsewhere = false
        var statuses = try checkout.look(in: registry, beside: checkout.runningContainers()) {
            transaction, record -> [BookingStatus] in
            if !isMachineWide, !all, !isFiltering { translation = try checkout.translation(transaction, record) }
            if isMachineWide || all { isBookedElsewhere = try transaction.hasBookingsElsewhere() }
            var filter = filterOptions.filter
            filter.service = service
            let isElsewhere = isMachineWide || all || !filterOptions.isEmpty
            return try checkout.statuses(filter, isMachineWide: isElsewhere, transaction, record)
        }
        if live || free { statuses.removeAll { live ? !$0.isLive : $0.state != .idle } }
        if json {
            try Report.array(statuses) { $0.json }
        } else if format == .ports {
            try Report.data(
                Array(statuses.map(\.portsLine).joined().utf8), isTerminal: system.isStandardOutputTerminal)
        } else if quiet {
            try Report.output(statuses.map { "\($0.booking.port)\n" }.joined())
        } else {
            var table = Table(columns: BookingStatus.columns, isAligned: system.isStandardOutputTerminal)
            for status in statuses { table.add(status.row) }
            if statuses.isEmpty, system.isStandardOutputTerminal {
                Report.notice(isFiltering ? "no booking matches" : "nothing booked")
                if isBookedElsewhere, !isFiltering {
                    Report.notice(
                        "other network namespaces, such as the host of a container, have bookings of their own")
                }
            }
            try Report.output(table.text)
            for file in isMachineWide ? [] : WrittenFile.all(of: checkout.context, in: checkout.state) {
                let name = Path.shortest(file.path, from: checkout.workingDirectory)
                Report.notice(
                    "`\(name)` has this checkout's ports; `portrun write --env --undo` puts the old ones back")
            }
            for line in translation?.lines ?? [] { Report.notice(line) }
            if !isMachineWide, let hook = ShellHook(of: checkout) {
                Report.notice("\(TerminalText.onOneLine(hook.message)); `portrun allow` lets it")
            }
        }
        return 0
    }
}

/// A form of a list beside the table and JSON.
enum ListingFormat: String, ExpressibleByArgument {
    /// `name:port:description`
    case ports
}
