import ArgumentParser
import PortrunCore
import PortrunRegistry

struct ReleaseCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Give bookings of this checkout back.",
        discussion: """
            A booking that a running command or container holds is not released without `--force`.

            EXAMPLES
              portrun release postgres
              portrun release --all
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Argument(help: "The services.")
    var services: [ServiceName] = []

    @Flag(help: "Release every booking of this checkout.")
    var all = false

    @Flag(help: "Release what a running command or container holds, too.")
    var force = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func validate() throws {
        guard all != !services.isEmpty else { throw ValidationError("name a service, or use `--all`") }
    }

    func run(in surroundings: Surroundings) throws -> Int32 {
        let workplace = try Workplace(selectionOptions.selection, surroundings)
        let released = try workplace.inRegistry(beside: workplace.runningContainers()) {
            transaction, record, context in
            let statuses = try transaction.status(of: record)
            let chosen = all ? statuses : statuses.filter { services.contains($0.booking.service) }
            for service in services where !chosen.contains(where: { $0.booking.service == service }) {
                throw ReleaseError.notBooked(service: service, label: context.label)
            }
            for status in chosen {
                if !force, let obstacle = ReleaseError(holding: status) { throw obstacle }
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
    case contained(service: ServiceName, container: String, project: String)

    /// What forbids the release of a booking; nil for one that nobody holds.
    init?(holding status: BookingStatus) {
        let service = status.booking.service
        switch status.state {
        case .live(let pid, let command): self = .live(service: service, pid: pid, command: command)
        case .contained(let container):
            self = .contained(service: service, container: container.name, project: container.project)
        case .listening, .idle: return nil
        }
    }

    var message: String {
        switch self {
        case .notBooked(let service, let label): "nothing booked for `\(service)` in \(label)"
        case .live(let service, let pid, let command): "`\(service)` is held by pid \(pid): \(command)"
        case .contained(let service, let container, _): "`\(service)` is held by the container \(container)"
        }
    }

    var hint: String? {
        switch self {
        case .notBooked: "`portrun status` lists what is booked"
        case .live: "end it first, or use `--force`"
        case .contained(_, _, let project): "`docker compose -p \(project) down` ends it; or use `--force`"
        }
    }

    var exitStatus: Int32 { 1 }
}
