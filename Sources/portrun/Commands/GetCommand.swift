import ArgumentParser
import PortrunCore
import PortrunRegistry

struct GetCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print the port of a service, booking one if it has none.",
        discussion: """
            EXAMPLES
              portrun get postgres
              psql -p "$(portrun get postgres -q)"
              portrun get web --no-book || echo "never ran here"
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Argument(help: "The service.")
    var service: ServiceName

    @Flag(name: .shortAndLong, help: "Print the number alone.")
    var quiet = false

    @Flag(name: .customLong("no-book"), help: "Exit with 1 instead of booking.")
    var onlyLooks = false

    var options: GetOptions {
        GetOptions(
            selection: selectionOptions.selection, service: service, isQuiet: quiet, isBooking: !onlyLooks)
    }

    func run(in surroundings: Surroundings) throws -> Int32 { try options.run(in: surroundings) }
}

extension GetOptions {
    func run(in surroundings: Surroundings) throws -> Int32 {
        let workplace = try Workplace(selection, surroundings)
        let booking = try workplace.inRegistry { transaction, record, _ in
            for transport in TransportProtocol.allCases {
                if let booking = try transaction.booking(of: record, service, transport) { return booking as Booking? }
            }
            guard isBooking else { return nil }
            let plan = Launch([], BookingPlan.Wishes(), isDiscovering: true, in: workplace).plan
            let request = plan.requests.first { $0.service == service } ?? ServiceRequest(service)
            return try transaction.book([request], for: record, terms: BookingTerms(isShared: true)).bookings.first
        }
        guard let booking else {
            if !isQuiet { Report.notice("nothing booked for `\(service)` in \(workplace.context.label)") }
            return 1
        }
        Report.output(isQuiet ? "\(booking.port)\n" : "\(service) \(booking.ports)\n")
        return 0
    }
}
