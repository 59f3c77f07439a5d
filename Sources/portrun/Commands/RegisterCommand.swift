import ArgumentParser
import PortrunBase
import PortrunKit

struct RegisterCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Give a port of this machine a name that belongs to no checkout.",
        usage: "portrun register <name> <port> [<options>]",
        discussion: """
            Nobody else is given this port then. It does not matter whether something listens on it. Exits with 1 when \
            somebody has the port, or when the name stands for another one.

            EXAMPLES
              portrun register grafana 3000 -d "the dashboards"
              portrun lookup grafana
              portrun unregister grafana
            """)

    @OptionGroup var placeOptions: PlaceOptions

    @Argument(help: "The name.")
    var name: ServiceName

    @Argument(help: "The port.")
    var port: Port

    @Option(name: .shortAndLong, help: ArgumentHelp("Note what the port is for.", valueName: "text"))
    var description: Description?

    @Flag(help: "Print a JSON object.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(placeOptions.selection, system)
        let registry = try checkout.openRegistry(isQuiet: quiet)
        let statuses = try checkout.register(name, port, description, in: registry)
        if json {
            try Report.output(statuses.map { $0.json.text + "\n" }.joined())
        } else if !quiet {
            try Report.output("\(name) \(port)\n")
        }
        return 0
    }
}
