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
            A name that `register` gave to a port of this machine stands for that port, unless this checkout has a \
            service of the name.

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
        let checkout = try Checkout(selection, system)
        let registry = try checkout.openRegistry(isQuiet: isQuiet)
        var isNoted = false
        var booking: Booking?
        var status: BookingStatus?
        var registered: (booking: Booking, status: BookingStatus?)?
        var learned: [Booking] = []
        var runsInstead: Booking?
        try checkout.look(in: registry) { reader, record in
            booking = try record.flatMap { try reader.booking(of: $0, service) }
            if let record, let own = booking, let declared = own.declared {
                runsInstead = try reader.usedNamesake(of: service, own, declaring: declared, own.transport, in: record)
                booking = runsInstead ?? own
            }
            if booking == nil, !checkout.isNamed {
                registered = try self.registered(reader)
                learned =
                    try record.map(reader.bookings)?.filter { booking in
                        try booking.source == .learned
                            || (booking.declared != nil && booking.target == nil && reader.isInUse(booking))
                    } ?? []
            }
            // A use is noted now and then, and so is that the folder has moved.
            isNoted = booking?.isFresh(at: system.now) == true && record?.path == checkout.context.path
            status = try self.status(of: booking, reader, record)
        }
        // The files are read before the registry is locked.
        let isAsked = isBooking || registered != nil || !learned.isEmpty
        let plan = booking == nil && isAsked ? Plan(nil, in: checkout) : nil
        if !isQuiet { plan?.warnings.forEach(Report.warning) }
        let request = plan?.declaredRequest(for: service)
        let namesake = learned.first { $0.declared == request?.declared && $0.transport == request?.transport }
        if let namesake = namesake ?? runsInstead {
            booking = namesake
            try checkout.look(in: registry) { status = try self.status(of: namesake, $0, $1) }
            if !isQuiet { Report.notice("`\(service)` is `\(namesake.service)` here, as `status` has it") }
        } else if let registered, request?.declared == nil, request?.entry == nil {
            (booking, status) = registered
            if !isQuiet {
                Report.notice(
                    "`\(service)` is a registered name of this machine; `portrun book \(service)` books a port of that "
                        + "name here")
            }
        } else if isBooking, !isNoted, !checkout.isMachine {
            try checkout.enter(registry) { transaction, record, _ in
                let known = try transaction.booking(of: record, service)
                if let known { try transaction.noteUse(of: known) }
                let terms = BookingTerms(isShared: true)
                booking =
                    try known
                    ?? transaction.book([request ?? ServiceRequest(service)], for: record, terms: terms).bookings.first
                status = try self.status(of: booking, transaction, record)
            }
        }
        if isJSON { try Report.output((status?.json ?? .null).text + "\n") }
        guard let booking else {
            if !isQuiet { Report.notice("nothing booked for `\(service)` in \(checkout.context.label)") }
            return 1
        }
        if !isJSON { try Report.output(isQuiet ? "\(booking.port)\n" : booking.line) }
        return 0
    }

    /// The port of this machine that has the name.
    private func registered(_ reader: Reader) throws -> (booking: Booking, status: BookingStatus?)? {
        guard let machine = try reader.find(identity: Context.machine.identity),
            let booking = try reader.booking(of: machine, service)
        else { return nil }
        return (booking, try status(of: booking, reader, machine))
    }

    /// The status that `--json` shows; nil without `--json`.
    private func status(
        of booking: Booking?, _ reader: Reader, _ record: ContextRecord?
    ) throws -> BookingStatus? {
        guard isJSON, let booking else { return nil }
        return try reader.status(matching: BookingFilter(context: record, service: booking.service))
            .first { $0.booking.id == booking.id }
    }
}
