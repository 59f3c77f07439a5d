import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

struct FindCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract: "Print the next free ports, and book nothing.",
        usage: "portrun find [<options>]",
        discussion: """
            A port is free when nobody has booked it, nothing listens on it, the kernel does not hand it out by \
            itself, and browsers do not refuse it. The search covers the default range. With `--start` alone it goes \
            up to 65535; with `--end` alone it begins at 1024. The ports are not kept for you: `portrun book` does \
            that.

            EXAMPLES
              portrun find
              portrun find --start 8000 --count 3
              portrun find --start 20000 --end 20999 --count 10 --consecutive --udp
            """)

    @OptionGroup var placeOptions: PlaceOptions

    @Option(help: "Begin with this port.")
    var start: Port?

    @Option(help: "End with this port.")
    var end: Port?

    @Option(help: ArgumentHelp("Find this many ports.", valueName: "n"))
    var count = BlockSize.one

    @Flag(help: "Find ports next to each other.")
    var consecutive = false

    @Flag(help: "Find ports for UDP instead of TCP.")
    var udp = false

    @Flag(help: "Print one JSON object.")
    var json = false

    @Flag(name: .shortAndLong, help: "Do not say why nothing was found.")
    var quiet = false

    func validate() throws {
        guard let start, let end, end < start else { return }
        throw ValidationError("`--end` \(end) is below `--start` \(start)")
    }

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(placeOptions.selection, system)
        let registry = try checkout.openRegistry(isQuiet: quiet)
        let transport = udp ? TransportProtocol.udp : .tcp
        let (range, outcome) = try checkout.look(in: registry) { transaction, _ in
            let range = try namedRange ?? transaction.range(of: .other)
            let search = FreePortSearch(in: range, count: count.count, isConsecutive: consecutive, transport)
            return (range, try transaction.find(search))
        }
        if json {
            try Report.output(
                JSONValue.object([
                    "protocol": .string(transport.rawValue),
                    "ports": .array(outcome.ports.map { .integer(Int($0.number)) }),
                ]).text + "\n")
        } else {
            try Report.output(outcome.ports.map { "\($0)\n" }.joined())
        }
        guard outcome.ports.isEmpty else { return 0 }
        if !quiet {
            let wanted = count == .one ? "free port" : "\(count) \(consecutive ? "consecutive " : "")free ports"
            let why =
                count.count > range.count
                ? "there are \(range.count) in all"
                : "\(outcome.booked) booked, \(outcome.busy) in use by other programs, \(outcome.blocked) blocked"
            Report.notice("no \(wanted) in \(range): \(why)")
        }
        return 1
    }

    /// nil for the default one.
    private var namedRange: PortRange? {
        guard start != nil || end != nil, let first = start ?? Port(1024), let last = end ?? Port(65535) else {
            return nil
        }
        return PortRange(min(first, last), last)
    }
}
