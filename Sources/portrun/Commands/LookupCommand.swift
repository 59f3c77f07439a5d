import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

struct LookupCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "lookup",
        abstract: "Print the port of a service that runs somewhere on this machine.",
        usage: "portrun lookup <service> [<options>]",
        discussion: """
            Looks at services that a running command, a container or a time to live holds, wherever that is. The order \
            is: this checkout; other checkouts of this app, those of this repository before those of another with the \
            same name; other checkouts of this repository; the names that `register` gave to ports on which something \
            listens; everything else. In each, a service of that very name comes before `name-2` and so on. Exits with \
            1 when none runs.

            EXAMPLES
              portrun lookup api
              curl "$(portrun lookup web --url)"
              portrun lookup postgres --app shop --all-ports
            """)

    @OptionGroup var placeOptions: PlaceOptions

    @Argument(help: "The service.")
    var service: ServiceName

    @OptionGroup var filterOptions: FilterOptions

    @Flag(help: "Print every match, the best one first.")
    var allPorts = false

    @Flag(help: "Print `http://127.0.0.1:PORT`.")
    var url = false

    @Flag(help: "Print a JSON array, one object per booking.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print the number alone.")
    var quiet = false

    func validate() throws {
        guard !url || !json else { throw ValidationError("give either `--url` or `--json`") }
    }

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(placeOptions.selection, system)
        let registry = try checkout.openRegistry(isQuiet: quiet)
        let statuses = try checkout.lookUp(
            service, matching: filterOptions.filter, in: registry, beside: checkout.runningContainers())
        let chosen = Array(allPorts ? statuses[...] : statuses.prefix(1))
        if json {
            try Report.output(JSONValue.array(chosen.map(\.json)).text + "\n")
        } else if url {
            try Report.output(chosen.map { "http://127.0.0.1:\($0.booking.port)\n" }.joined())
        } else if quiet {
            try Report.output(chosen.map { "\($0.booking.port)\n" }.joined())
        } else {
            var table = Table(
                columns: ["label", "service", "port"], isAligned: system.isStandardOutputTerminal)
            for status in chosen { table.add(Array(status.row.prefix(3))) }
            try Report.output(table.text)
        }
        if statuses.isEmpty, !quiet { Report.notice("no `\(service)` runs on this machine") }
        return statuses.isEmpty ? 1 : 0
    }
}
