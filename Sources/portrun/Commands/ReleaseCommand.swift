import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

struct ReleaseCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Give bookings back.",
        usage: """
            portrun release <services> ... [<options>]
            portrun release (--all|--port <port>|--id <n>|--app <app>) [<options>]
            portrun release --learned [<options>]
            """,
        discussion: """
            Services are those of this checkout, or of every checkout that `--app` and `--instance` name. A booking \
            that a running command or container holds is released only with `--force`. A time to live does not prevent \
            a release.

            EXAMPLES
              portrun release postgres
              portrun release --all
              portrun release --port 5433
              portrun release --id 17
              portrun release --app shop --instance feature-auth
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Argument(help: "The services.")
    var services: [ServiceName] = []

    @Flag(help: "Release every booking of this checkout.")
    var all = false

    @Flag(help: "Release what is remembered of where commands of this checkout listened.")
    var learned = false

    @Option(help: "Release the booking that has this port, whoever made it.")
    var port: Port?

    @Option(help: ArgumentHelp("Release the booking with this `id`, which JSON listings show.", valueName: "n"))
    var id: Int64?

    @Flag(help: "Also release what a running command or container holds.")
    var force = false

    @Flag(help: "Print a JSON array of what was released.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func validate() throws {
        let ways = [!services.isEmpty, all, learned, port != nil, id != nil].count { $0 }
        guard ways == 1 || (ways == 0 && selectionOptions.app != nil) else {
            throw ValidationError("name services, or use one of `--all`, `--learned`, `--port`, `--id`, or `--app`")
        }
        guard selectionOptions.instance == nil || selectionOptions.app != nil else {
            throw ValidationError("`--instance` goes with `--app`")
        }
    }

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(selectionOptions.selection, system)
        let registry = try checkout.openRegistry(isQuiet: quiet)
        let released = try checkout.release(
            chosen, in: registry, beside: checkout.runningContainers(), isForced: force)
        if json {
            try Report.output(JSONValue.array(released.map(\.json)).text + "\n")
        } else if !quiet {
            try Report.output(released.map(selectionOptions.app == nil ? \.booking.line : \.line).joined())
        }
        return 0
    }

    /// What is to be released.
    private var chosen: ReleaseChoice {
        if let port { return .port(port) }
        if learned { return .learned }
        if let id { return .number(id) }
        if let app = selectionOptions.app {
            return .app(app, instance: selectionOptions.instance, services)
        }
        return .own(services)
    }
}
