import ArgumentParser
import PortrunBase
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
        let workplace = try Workplace(placeOptions.selection, system, isQuiet: quiet)
        let statuses = try workplace.change { transaction, _ in
            guard let record = try transaction.find(identity: Context.machine.identity),
                let booking = try transaction.booking(of: record, name)
            else { throw UnregistrationError(name: name) }
            let statuses = try transaction.status(of: [booking])
            try transaction.release(booking)
            try transaction.dropEmptyContexts()
            return statuses
        }
        if json {
            try Report.output(statuses.map { $0.json.text + "\n" }.joined())
        } else if !quiet {
            try Report.output(statuses.map { "\(name) \($0.booking.port)\n" }.joined())
        }
        return 0
    }
}

/// No port has this name.
struct UnregistrationError: ReportableError, Equatable {
    let name: ServiceName

    var message: String { "no port is registered as `\(name)`" }
    var hint: String? { "`portrun list --context machine` lists what is registered" }
    var exitStatus: Int32 { 1 }
}
