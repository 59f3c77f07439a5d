import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

struct GetCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print the port of a service, booking one if it has none.",
        usage: "portrun get <service> [<options>]",
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

    @Flag(help: "Print one JSON object, or `null` when nothing is booked.")
    var json = false

    @Flag(name: .customLong("no-book"), help: "Exit with 1 instead of booking.")
    var onlyLooks = false

    var options: GetOptions {
        GetOptions(
            selection: selectionOptions.selection, service: service, isQuiet: quiet, isBooking: !onlyLooks,
            isJSON: json)
    }

    func run(in system: System) throws -> Int32 { try options.run(in: system) }
}

extension GetOptions {
    func run(in system: System) throws -> Int32 {
        let workplace = try Workplace(selection, system, isQuiet: isQuiet)
        let answer: (booking: Booking?, status: BookingStatus?)
        if isBooking, !workplace.isMachine {
            answer = try workplace.inRegistry { transaction, record, _ in
                let known = try transaction.booking(of: record, service)
                if let known { try transaction.noteUse(of: known) }
                let booking = try known ?? book(transaction, record, workplace)
                return (booking, try status(of: booking, transaction, record))
            }
        } else {
            answer = try workplace.look { transaction, record in
                let booking = try record.flatMap { try transaction.booking(of: $0, service) }
                return (booking, try status(of: booking, transaction, record))
            }
        }
        if isJSON { try Report.output((answer.status?.json ?? .null).text + "\n") }
        guard let booking = answer.booking else {
            if !isQuiet { Report.notice("nothing booked for `\(service)` in \(workplace.context.label)") }
            return 1
        }
        if !isJSON { try Report.output(isQuiet ? "\(booking.port)\n" : booking.line) }
        return 0
    }

    private func book(
        _ transaction: Transaction, _ record: ContextRecord, _ workplace: Workplace
    ) throws -> Booking? {
        let plan = Launch([], RunOptions(), in: workplace).plan
        let request = plan.requests.first { $0.service == service } ?? ServiceRequest(service)
        return try transaction.book([request], for: record, terms: BookingTerms(isShared: true)).bookings.first
    }

    /// The status that `--json` shows; nil without `--json`.
    private func status(
        of booking: Booking?, _ transaction: Transaction, _ record: ContextRecord?
    ) throws -> BookingStatus? {
        guard isJSON, let booking else { return nil }
        return try transaction.status(matching: BookingFilter(context: record, service: service))
            .first { $0.booking.id == booking.id }
    }
}
