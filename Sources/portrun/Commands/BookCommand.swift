import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

struct BookCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "book",
        abstract: "Book ports for services of this checkout.",
        usage: """
            portrun book <services> ... [<options>]
            portrun book --auto [<options>]
            """,
        discussion: """
            A service of the project's compose files gets the port that they give it while that is free, as with \
            `portrun get`. Several services are booked all or none. A service that has a booking keeps it. Booking it \
            again changes nothing, unless you demand another port, range or block; that is refused while a running \
            command holds it.

            With a time to live, a new booking ends with its lease. `portrun renew` prolongs it, and so does booking \
            it again with `--ttl`. Booking it again without `--ttl` makes it stay.

            EXAMPLES
              portrun book postgres redis
              portrun book postgres --port 5433
              portrun book api --range 4000-4099 --description "for the review"
              portrun book rtp --udp --block 20
              portrun book preview --ttl 3600
              portrun book --auto
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Argument(help: "The services.")
    var services: [ServiceName] = []

    @Option(help: "Demand this port; for one service only.")
    var port: Port?

    @Option(
        help: ArgumentHelp("Demand ports from this range.", valueName: "first-last"),
        transform: { try PortRange(argument: $0[...]) })
    var range: PortRange?

    @Flag(help: "Book UDP ports instead of TCP ones.")
    var udp = false

    @Option(help: ArgumentHelp("Book <n> consecutive ports for each service.", valueName: "n"))
    var block: BlockSize?

    @Option(help: ArgumentHelp("End new bookings after this many seconds.", valueName: "seconds"))
    var ttl: TimeToLive?

    @Option(name: .shortAndLong, help: ArgumentHelp("Note what the ports are for.", valueName: "text"))
    var description: Description?

    @Flag(help: "Book what the project's compose files publish.")
    var auto = false

    @Flag(help: "Print a JSON array.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print the numbers alone.")
    var quiet = false

    func validate() throws {
        guard auto || !services.isEmpty else { throw ValidationError("name a service, or use `--auto`") }
        guard port == nil || (services.count == 1 && !auto) else {
            throw ValidationError("`--port` goes with one service")
        }
        guard port == nil || range == nil else { throw ValidationError("give either `--port` or `--range`") }
        guard !auto || (range == nil && !udp && block == nil) else {
            throw ValidationError("`--auto` takes ranges, protocols and blocks from the compose files")
        }
    }

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(selectionOptions.selection, system)
        let order = order
        let plan = try order.plan(in: checkout)
        let warnings = auto ? plan.mainServiceWarnings : quiet ? [] : plan.warnings
        warnings.forEach(Report.warning)
        let registry = try checkout.openRegistry(isQuiet: quiet)
        let (outcome, statuses) = try order.book(plan, in: registry, isTelling: json)
        for notice in outcome.notices where !quiet { Report.notice(notice) }
        if json {
            try Report.output(JSONValue.array(statuses.map(\.json)).text + "\n")
        } else {
            try Report.output(
                outcome.bookings.map { quiet ? "\($0.port)\n" : $0.line }.joined())
        }
        return 0
    }

    private var order: BookingOrder {
        var order = BookingOrder()
        order.services = services
        order.isDeclared = auto
        order.port = port
        order.range = range
        order.transport = udp ? .udp : .tcp
        order.count = block?.count
        order.lifetime = ttl
        order.description = description
        return order
    }
}

/// A number of ports: 1 to 65535.
struct BlockSize: ExpressibleByArgument, Equatable, CustomStringConvertible {
    let count: Int

    static let one = BlockSize(count: 1)

    var description: String { String(count) }

    private init(count: Int) { self.count = count }

    init?(argument: String) {
        guard let largest = Port(argument) else { return nil }
        count = Int(largest.number)
    }
}

extension Port: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension TimeToLive: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension Description: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
