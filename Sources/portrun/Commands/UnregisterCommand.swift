import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

struct UnregisterCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "unregister",
        abstract: "Take back the name that `register` gave to a port.",
        usage: "portrun unregister <name> [<options>]",
        discussion: """
            Exits with 1 when no port is registered under this name.

            EXAMPLES
              portrun unregister grafana
            """)

    @OptionGroup var placeOptions: PlaceOptions

    @Argument(help: "The name.")
    var name: ServiceName

    @Flag(help: "Print a JSON object of what was registered.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(placeOptions.selection, system)
        let registry = try checkout.openRegistry(isQuiet: quiet)
        let statuses = try checkout.unregister(name, in: registry)
        if json {
            try Report.output(statuses.map { $0.json.text + "\n" }.joined())
        } else if !quiet {
            try Report.output(statuses.map { "\(name) \($0.booking.port)\n" }.joined())
        }
        return 0
    }
}
