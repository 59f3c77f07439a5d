import ArgumentParser
import PortrunBase
import PortrunRegistry

struct ReleaseCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Give bookings back.",
        usage: """
            portrun release <services> ... [<options>]
            portrun release (--all|--port <port>|--id <n>|--app <app>) [<options>]
            """,
        discussion: """
            Services are those of this checkout, or of every checkout that `--app` and `--instance` name. A booking \
            that a running command or container holds is released only with `--force`. A time to live does not prevent \
            a release.

            EXAMPLES
              portrun release postgres
              portrun release --all
              portrun release --port 5433
              portrun release --id 17
              portrun release --app shop --instance feature-auth
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Argument(help: "The services.")
    var services: [ServiceName] = []

    @Flag(help: "Release every booking of this checkout.")
    var all = false

    @Option(help: "Release the booking that has this port, whoever made it.")
    var port: Port?

    @Option(help: ArgumentHelp("Release the booking with this `id`, which JSON listings show.", valueName: "n"))
    var id: Int64?

    @Flag(help: "Also release what a running command or container holds.")
    var force = false

    @Flag(help: "Print a JSON array of what was released.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func validate() throws {
        let ways = [!services.isEmpty, all, port != nil, id != nil].count { $0 }
        guard ways == 1 || (ways == 0 && selectionOptions.app != nil) else {
            throw ValidationError("name services, or use one of `--all`, `--port`, `--id`, or `--app`")
        }
        guard selectionOptions.instance == nil || selectionOptions.app != nil else {
            throw ValidationError("`--instance` goes with `--app`")
        }
    }

    func run(in system: System) throws -> Int32 {
        let workplace = try Workplace(selectionOptions.selection, system, isQuiet: quiet)
        let released = try workplace.change(beside: workplace.runningContainers()) { transaction, record in
            let chosen = try chosen(transaction, record, workplace)
            for status in chosen {
                if !force, let obstacle = ReleaseError(holding: status) { throw obstacle }
                try transaction.release(status.booking)
            }
            try transaction.dropEmptyContexts()
            return chosen
        }
        if json {
            try Report.output(JSONValue.array(released.map(\.json)).text + "\n")
        } else if !quiet {
            try Report.output(released.map(selectionOptions.app == nil ? \.booking.line : \.line).joined())
        }
        return 0
    }

    /// The bookings that are to be released; at least one for each thing named.
    private func chosen(
        _ transaction: Transaction, _ record: ContextRecord?, _ workplace: Workplace
    ) throws -> [BookingStatus] {
        if let port {
            let found = try transaction.status(matching: BookingFilter(port: port))
            if found.isEmpty { throw ReleaseError.portNotBooked(port) }
            return found
        }
        if let id {
            let found = try transaction.status().filter { $0.booking.id == id }
            if found.isEmpty { throw ReleaseError.noSuchNumber(id) }
            return found
        }
        var statuses: [BookingStatus]
        var label = workplace.context.label
        if let app = selectionOptions.app {
            label = [app, selectionOptions.instance].compactMap { $0 }.joined(separator: "/")
            var filter = BookingFilter()
            filter.app = app
            filter.instance = selectionOptions.instance
            statuses = try transaction.status(matching: filter)
            if statuses.isEmpty { throw ReleaseError.nothingBooked(label: label) }
        } else {
            statuses = try record.map { try transaction.status(of: $0) } ?? []
        }
        guard !services.isEmpty else { return statuses }
        statuses.removeAll { !services.contains($0.booking.service) }
        for service in services where !statuses.contains(where: { $0.booking.service == service }) {
            throw ReleaseError.notBooked(service: service, label: label)
        }
        return statuses
    }
}

/// Why nothing was released.
enum ReleaseError: ReportableError, Equatable {
    case notBooked(service: ServiceName, label: String)
    case nothingBooked(label: String)
    case portNotBooked(Port)
    case noSuchNumber(Int64)
    case live(service: ServiceName, pid: Int32, command: String)
    case contained(service: ServiceName, container: String, project: String)

    /// The reason not to release a booking; nil for one that nobody holds.
    init?(holding status: BookingStatus) {
        let service = status.booking.service
        switch status.state {
        case .live(let pid, let command): self = .live(service: service, pid: pid, command: command)
        case .contained(let container):
            self = .contained(service: service, container: container.name, project: container.project)
        case .timed, .listening, .idle: return nil
        }
    }

    var message: String {
        switch self {
        case .notBooked(let service, let label): "nothing booked for `\(service)` in \(label)"
        case .nothingBooked(let label): "nothing booked in \(label)"
        case .portNotBooked(let port): "port \(port) is not booked"
        case .noSuchNumber(let id): "no booking has the number \(id)"
        case .live(let service, let pid, let command): "`\(service)` is held by pid \(pid): \(command)"
        case .contained(let service, let container, _): "`\(service)` is held by the container \(container)"
        }
    }

    var hint: String? {
        switch self {
        case .notBooked: "`portrun status` lists what is booked"
        case .nothingBooked, .portNotBooked, .noSuchNumber: "`portrun status --all` lists every booking"
        case .live: "end it first, or use `--force`"
        case .contained(_, _, let project): "`docker compose -p \(project) down` ends it; or use `--force`"
        }
    }

    var exitStatus: Int32 { 1 }
}
