import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

struct WaitCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "wait",
        abstract: "Wait until something listens on a service's port.",
        usage: "portrun wait <service> [<options>]",
        discussion: """
            The service may be booked after the wait begins. A name that `register` gave also works, if this checkout \
            has no such service. Exits with 0 when something listens, with 1 when the time is over.

            EXAMPLES
              portrun -- docker compose up -d && portrun wait postgres
              portrun wait api --timeout 10
              psql -p "$(portrun wait postgres -q)"
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Argument(help: "The service.")
    var service: ServiceName

    @Option(help: ArgumentHelp("Give up after this many seconds; 0 looks once.", valueName: "seconds"))
    var timeout = WaitingTime.usual

    @Flag(help: "Print one JSON object, or `null` when the time is over.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print the number alone.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(selectionOptions.selection, system)
        let registry = try checkout.openRegistry(isQuiet: quiet)
        var progress = ProgressLine(isShown: system.isStandardErrorTerminal && !quiet)
        let deadline = Deadline(after: .seconds(timeout.seconds))
        var clocks = system
        while true {
            clocks.readClocks()
            let checkout = checkout.later(in: clocks)
            let readiness = try Readiness(of: service, in: checkout, registry)
            if case .listening(let booking) = readiness {
                progress.clear()
                try print(booking, checkout, registry)
                return 0
            }
            let left = deadline.milliseconds
            let what = readiness.missing(of: service)
            guard left > 0 else {
                progress.clear()
                if json { try Report.output("null\n") }
                if !quiet { Report.notice("nothing \(what) in \(checkout.context.label) after \(timeout) s") }
                return 1
            }
            progress.show("nothing \(what) yet, \((left + 999) / 1000) s left")
            progress.pause(min(Readiness.pause, left))
        }
    }

    private func print(_ booking: Booking, _ checkout: Checkout, _ registry: Registry) throws {
        guard json else {
            return try Report.output(quiet ? "\(booking.port)\n" : booking.line)
        }
        let containers = checkout.runningContainers()
        let statuses = try checkout.look(in: registry, beside: containers) { transaction, _ in
            try transaction.status(of: [booking])
        }
        try Report.output((statuses.first?.json ?? .null).text + "\n")
    }
}

/// The time to wait: 0 seconds to a year.
struct WaitingTime: ExpressibleByArgument, CustomStringConvertible {
    let seconds: Int

    static let usual = WaitingTime(seconds: 60)
    private static let longest: Int64 = 31_536_000

    var description: String { String(seconds) }

    private init(seconds: Int) { self.seconds = seconds }

    init?(argument: String) {
        guard argument != "0" else {
            self.init(seconds: 0)
            return
        }
        guard let time = TimeToLive(argument), time.seconds <= Self.longest else { return nil }
        self.init(seconds: Int(time.seconds))
    }
}
