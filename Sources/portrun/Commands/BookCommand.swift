import ArgumentParser
import PortrunCore
import PortrunRegistry

struct BookCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "book",
        abstract: "Book ports for services of this checkout.",
        discussion: """
            Several services are booked all or none. A service that has a booking keeps it.

            EXAMPLES
              portrun book postgres redis
              portrun book postgres --port 5433
              portrun book --auto
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Argument(help: "The services.")
    var services: [ServiceName] = []

    @Option(help: "Demand this port; for one service only.")
    var port: Port?

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
    }

    func run(in surroundings: Surroundings) throws -> Int32 {
        let workplace = try Workplace(selectionOptions.selection, surroundings)
        let project = auto ? try ComposeReader.read(workplace.composeRequest()) : nil
        var wishes = BookingPlan.Wishes()
        wishes.books = services
        let plan = BookingPlan(
            wishes, folder: "", declared: project?.ports ?? [], hasPrimary: false,
            environment: workplace.userEnvironment)
        var requests = plan.requests
        if let port { requests[0].demand = port }
        let (outcome, statuses) = try workplace.inRegistry { transaction, record, _ in
            let outcome = try transaction.book(requests, for: record, terms: BookingTerms(isShared: true))
            return (outcome, json ? try transaction.status(of: record) : [])
        }
        for move in outcome.moves where !quiet { Report.notice(move.message) }
        let booked = outcome.bookings.compactMap { booking in statuses.first { $0.booking.id == booking.id } }
        if json {
            Report.output(JSONValue.array(booked.map(\.json)).text + "\n")
        } else {
            Report.output(
                outcome.bookings.map { quiet ? "\($0.port)\n" : "\($0.service) \($0.ports)\n" }.joined())
        }
        return 0
    }
}

extension Port: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
