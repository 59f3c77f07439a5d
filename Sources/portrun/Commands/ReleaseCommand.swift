import ArgumentParser
import PortrunCore
import PortrunRegistry

struct ReleaseCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Give bookings of this checkout back.",
        discussion: """
            A booking that a running command holds is not released without `--force`.

            EXAMPLES
              portrun release postgres
              portrun release --all
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Argument(help: "The services.")
    var services: [ServiceName] = []

    @Flag(help: "Release every booking of this checkout.")
    var all = false

    @Flag(help: "Release what a running command holds, too.")
    var force = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func validate() throws {
        guard all != !services.isEmpty else { throw ValidationError("name a service, or use `--all`") }
    }

    func run(in surroundings: Surroundings) throws -> Int32 {
        let workplace = try Workplace(selectionOptions.selection, surroundings)
        let released = try workplace.inRegistry { transaction, record, context in
            let statuses = try transaction.status(of: record)
            let chosen = all ? statuses : statuses.filter { services.contains($0.booking.service) }
            for service in services where !chosen.contains(where: { $0.booking.service == service }) {
                throw ReleaseError.notBooked(service: service, label: context.label)
            }
            for status in chosen {
                if case .live(let pid, let command) = status.state, !force {
                    throw ReleaseError.live(service: status.booking.service, pid: pid, command: command)
                }
                try transaction.release(status.booking)
            }
            try transaction.dropEmptyContexts()
            return chosen
        }
        guard !quiet else { return 0 }
        Report.output(released.map { "\($0.booking.service) \($0.booking.ports)\n" }.joined())
        return 0
    }
}

/// Why nothing was released.
enum ReleaseError: ReportableError, Equatable {
    case notBooked(service: ServiceName, label: String)
    case live(service: ServiceName, pid: Int32, command: String)

    var message: String {
        switch self {
        case .notBooked(let service, let label): "nothing booked for `\(service)` in \(label)"
        case .live(let service, let pid, let command): "`\(service)` is held by pid \(pid): \(command)"
        }
    }

    var hint: String? {
        switch self {
        case .notBooked: "`portrun status` lists what is booked"
        case .live: "end it first, or use `--force`"
        }
    }

    var exitStatus: Int32 { 1 }
}
