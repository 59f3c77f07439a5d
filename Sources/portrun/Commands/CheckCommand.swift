import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

struct CheckCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tell whether a port is free, and if not who has it.",
        usage: "portrun check <port> [<options>]",
        discussion: """
            Looks at bookings, leases, containers and listening programs, for TCP and UDP, on every address of IPv4 and \
            IPv6. Exits with 0 when the port is free, with 1 when it is taken.

            EXAMPLES
              portrun check 5432
              portrun check 3000 -q || echo "taken"
              portrun check 8080 --json
            """)

    @OptionGroup var placeOptions: PlaceOptions

    @Argument(help: "The port.")
    var port: Port

    @Flag(help: "Print one JSON object.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing; the exit status is the answer.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(placeOptions.selection, system)
        let registry = try checkout.openRegistry(isQuiet: quiet)
        let report = try PortReport(on: port, seenFrom: checkout, in: registry, uid: geteuid())
        if json {
            try Report.output(report.json.text + "\n")
        } else if !quiet {
            try Report.output(report.text)
        }
        return report.isFree ? 0 : 1
    }
}
