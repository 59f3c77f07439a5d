import ArgumentParser
import PortrunBase
import PortrunRegistry

/// The options that `gc` and `prune` have in common.
struct CollectionOptions: ParsableArguments {
    @OptionGroup var registryOptions: RegistryOptions

    @Flag(help: "Show what would be dropped, and drop nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("Also drop bookings that were not used for this many days.", valueName: "days"))
    var stale: DayCount?

    @Flag(help: "Print a JSON object.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    /// Drops what is dead or gone, unless it is only to be shown, and tells of it.
    func collect(_ system: System) throws {
        let outcome = try outcome(isDryRun: dryRun, system)
        if json {
            try Report.output(outcome.json.text + "\n")
        } else if !quiet {
            try Report.output(text(of: outcome, isDryRun: dryRun))
        }
    }

    func text(of outcome: CollectionOutcome, isDryRun: Bool) -> String {
        outcome.text(isDryRun: isDryRun, staleDays: stale?.days)
    }

    func outcome(isDryRun: Bool, _ system: System) throws -> CollectionOutcome {
        let workplace = try Workplace(registryOptions.selection, system, isQuiet: quiet)
        var facts = workplace.facts(beside: workplace.runningContainers())
        let cache = NameCache(at: workplace.location.path + ".names", now: system.now)
        facts.isGone = GoneCheckouts(environment: system.environment, cache: cache).reason
        let leavings = Leavings(in: workplace.location.folder, now: system.now)
        var outcome = try workplace.openRegistry().write(on: facts, isDryRun: isDryRun) { transaction in
            let outcome = try transaction.collect(staleDays: stale?.days, owners: leavings.owners)
            if !isDryRun { cache.save() }
            return outcome
        }
        outcome.add(leavings, in: workplace, isDryRun: isDryRun)
        return outcome
    }
}

/// A number of days: 0 to 99999.
struct DayCount: ExpressibleByArgument {
    let days: Int

    init?(argument: String) {
        guard argument == "0" || Port(argument) != nil, let days = Int(argument) else { return nil }
        self.days = days
    }
}

extension CollectionOutcome {
    /// A line for each thing kept for its container, one for each thing dropped, and one that counts these.
    func text(isDryRun: Bool, staleDays: Int?) -> String {
        let verb = isDryRun ? "would drop" : "dropped"
        var lines = kept.map { entry in
            """
            kept \(entry.label) \(entry.booking.service) \(entry.booking.port): \(entry.reason.rawValue), but its \
            container \(entry.container.name) still runs; `docker compose -p \(entry.container.project) down` ends it
            """
        }
        lines += deadProcesses.map {
            "\(verb) lease of pid \($0.holder.pid) (dead): \($0.command)"
        }
        for reason in Reason.allCases {
            var why = reason.rawValue
            if reason == .stale, let staleDays { why += " for \(Self.count(staleDays, "day"))" }
            lines += bookings.filter { $0.reason == reason }.map { entry in
                "\(verb) \(entry.label) \(entry.booking.service) \(entry.booking.port): \(why)"
            }
        }
        lines += files.map { "\(verb) \($0.path): \($0.reason.rawValue)" }
        lines += networks.map { "\(verb) network \($0): no container of its checkout is on it" }
        lines.append(
            "\(verb) \(Self.count(deadProcesses.count, "dead lease")), \(Self.count(bookings.count, "booking"))"
                + (files.isEmpty ? "" : ", \(Self.count(files.count, "file"))")
                + (networks.isEmpty ? "" : ", \(Self.count(networks.count, "network"))"))
        return lines.map { $0 + "\n" }.joined()
    }

    /// The dead leases that no time to live was.
    private var deadProcesses: [Lease] {
        deadLeases.filter { $0.holder.endsAt == nil }.sorted { $0.holder.pid < $1.holder.pid }
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// Likewise for programs.
    var json: JSONValue {
        func entry(_ label: String, _ booking: Booking, _ reason: Reason) -> [(key: String, value: JSONValue)] {
            [
                ("label", .string(label)), ("service", .string(booking.service.description)),
                ("port", .integer(Int(booking.port.number))), ("protocol", .string(booking.transport.rawValue)),
                ("reason", .string(reason.rawValue)),
            ]
        }
        return .object([
            "leases": .array(
                deadProcesses.map {
                    .object(["pid": .integer(Int($0.holder.pid)), "command": .string($0.command)])
                }),
            "bookings": .array(
                bookings.map { .object(JSONValue.KeyValuePairs(entry($0.label, $0.booking, $0.reason))) }),
            "kept": .array(
                kept.map {
                    .object(
                        JSONValue.KeyValuePairs(
                            entry($0.label, $0.booking, $0.reason) + [("container", .string($0.container.name))]))
                }),
            "files": .array(
                files.map { .object(["path": .string($0.path), "reason": .string($0.reason.rawValue)]) }),
            "networks": .array(networks.map { .string($0) }),
        ])
    }
}
