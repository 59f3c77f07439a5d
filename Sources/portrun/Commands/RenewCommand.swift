import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

struct RenewCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "Prolong the time to live of a booking.",
        usage: "portrun renew <port-or-service> [<options>]",
        discussion: """
            The booking then lasts that many seconds from now: as many as before, or as many as `--ttl` says. A \
            service is looked for in this checkout, a port on the whole machine. Exits with 1 when there is no such \
            booking, or none with a time to live.

            EXAMPLES
              portrun renew preview
              portrun renew 10003 --ttl 600
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Argument(help: ArgumentHelp("The port or the service.", valueName: "port-or-service"))
    var target: ServiceName

    @Option(help: ArgumentHelp("The new time to live.", valueName: "seconds"))
    var ttl: TimeToLive?

    @Flag(help: "Print a JSON array.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(selectionOptions.selection, system)
        let registry = try checkout.openRegistry(isQuiet: quiet)
        let port = Port(target.description)
        let label = checkout.context.label
        let renewed = try checkout.change(registry) { transaction, record in
            let known = port == nil && record == nil ? [] : try transaction.status(of: port == nil ? record : nil)
            let chosen = known.filter { status in
                port.map { status.booking.ports.contains($0) } ?? (status.booking.service == target)
            }
            guard !chosen.isEmpty else {
                throw port.map { RenewalError.portNotBooked($0) }
                    ?? .notBooked(service: target, label: label)
            }
            var renewed: Set<Int64> = []
            for booking in chosen.map(\.booking) {
                guard let lease = try transaction.timedLease(on: booking), let former = lease.timeToLive else {
                    continue
                }
                try transaction.hold(booking, until: checkout.expiry(after: ttl ?? former))
                renewed.insert(booking.id)
            }
            guard !renewed.isEmpty else { throw RenewalError.notTimed(target) }
            return try transaction.status().filter { renewed.contains($0.booking.id) }
        }
        if json {
            try Report.output(JSONValue.array(renewed.map(\.json)).text + "\n")
        } else if !quiet {
            try Report.output(renewed.map(line).joined())
        }
        return 0
    }

    /// The line for a renewed booking, with another holder that may last longer.
    private func line(_ status: BookingStatus) -> String {
        let holder =
            switch status.state {
            case .live(let pid, _): ", or as long as pid \(pid) runs"
            case .contained(let container): ", or as long as the container \(container.name) runs"
            case .timed, .listening, .idle: ""
            }
        return "\(status.booking.service) \(status.booking.portsText) until \(status.expiry ?? "")\(holder)\n"
    }
}

/// Why nothing was renewed.
enum RenewalError: ReportableError, Equatable {
    case notBooked(service: ServiceName, label: String)
    case portNotBooked(Port)
    /// The booking has no time to live, so it lasts anyway.
    case notTimed(ServiceName)

    var message: String {
        switch self {
        case .notBooked(let service, let label): "nothing booked for `\(service)` in \(label)"
        case .portNotBooked(let port): "port \(port) is not booked"
        case .notTimed(let target): "the booking of `\(target)` has no time to live"
        }
    }

    var hint: String? {
        switch self {
        case .notBooked, .portNotBooked: "an expired booking is gone: `portrun book --ttl SECONDS` books anew"
        case .notTimed: "it stays until it is released"
        }
    }

    var exitStatus: Int32 { 1 }
}
