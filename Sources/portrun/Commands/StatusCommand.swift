import ArgumentParser
import PortrunCore
import PortrunRegistry

struct StatusCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what is booked and who holds it.",
        discussion: """
            A booking is `live` while a command, a running container of its checkout or a time to live holds it, `listening` when \
            something else listens on its port, else `idle`. Docker and podman are asked for containers where they \
            answer within 300 ms.

            EXAMPLES
              portrun status
              portrun status --all --live
              portrun status --all --json
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Flag(help: "Show every checkout on this machine.")
    var all = false

    @Flag(help: "Show only what a running command or container holds.")
    var live = false

    @Flag(help: "Print a JSON array, one object a booking.")
    var json = false

    func run(in surroundings: Surroundings) throws -> Int32 {
        let workplace = try Workplace(selectionOptions.selection, surroundings)
        let booked = try workplace.inspectRegistry(beside: workplace.runningContainers()) {
            transaction, record -> [BookingStatus] in
            guard all || record != nil else { return [] }
            return try transaction.status(of: all ? nil : record)
        }
        let statuses = live ? booked.filter(\.isLive) : booked
        if json {
            Report.output(JSONValue.array(statuses.map(\.json)).text + "\n")
            return 0
        }
        var table = Table(
            columns: ["context", "service", "port", "state", "pid", "command"],
            isAligned: surroundings.isStandardOutputTerminal)
        for status in statuses { table.add(status.row) }
        if statuses.isEmpty, surroundings.isStandardOutputTerminal { Report.notice("nothing booked") }
        Report.output(table.text)
        return 0
    }
}

extension BookingStatus {
    /// The object that `status --json` has for a booking.
    var json: JSONValue {
        .object([
            "id": .integer(Int(booking.id)), "context": .string(context.hash), "label": .string(context.label),
            "path": .string(context.path),
            "service": .string(booking.service.description), "port": .integer(Int(booking.port.number)),
            "count": .integer(booking.count),
            "protocol": .string(booking.transport.rawValue),
            "target": .integer(orNull: booking.target.map { Int($0.number) }),
            "variable": .string(orNull: booking.variable), "source": .string(booking.source.rawValue),
            "state": .string(state.name), "pid": .integer(orNull: holder?.pid.map { Int($0) }),
            "command": .string(orNull: holder?.command), "expires": .string(orNull: expiry),
            "description": .string(orNull: description),
            "last_used": .string(Timestamp(booking.lastUsed).text),
        ])
    }

    fileprivate var row: [String] {
        let port = booking.transport == .tcp ? "\(booking.ports)" : "\(booking.ports)/\(booking.transport.rawValue)"
        return [
            context.label, booking.service.description, port, state.name, holder?.pid.map { "\($0)" } ?? "",
            holder?.command ?? "",
        ]
    }

    /// When the lease that holds it ends, if that is known.
    var expiry: String? {
        if case .timed(let end) = state { Timestamp(end).text } else { nil }
    }

    fileprivate var isLive: Bool { holder != nil }

    private var holder: (pid: Int32?, command: String)? {
        switch state {
        case .live(let pid, let command): (pid, command)
        case .timed(let end): (nil, "until \(Timestamp(end).text)")
        case .contained(let container): (nil, "docker container \(container.name)")
        case .listening, .idle: nil
        }
    }
}
