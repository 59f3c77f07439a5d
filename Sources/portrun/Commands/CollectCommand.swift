import ArgumentParser
import PortrunCore
import PortrunRegistry

/// What `gc` and `prune` have in common.
struct CollectionOptions: ParsableArguments {
    @OptionGroup var selectionOptions: SelectionOptions

    @Flag(help: "Say what would be dropped, and drop nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("Drop bookings not used for this many days, too.", valueName: "days"))
    var stale: Int?

    func validate() throws {
        if let stale, stale < 0 { throw ValidationError("`--stale` takes a number of days, not \(stale)") }
    }

    /// Drops what is dead or gone, unless it is only to be shown.
    func collect(isDryRun: Bool, _ surroundings: Surroundings) throws -> Collection {
        let workplace = try Workplace(selectionOptions.selection, surroundings)
        let machine = Machine.current(seenFrom: workplace.vantage, workplace.surroundings)
        return try workplace.openRegistry().write(on: machine, isDryRun: isDryRun) { transaction in
            try transaction.collect(staleDays: stale)
        }
    }
}

struct CollectCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Reap leases whose process is dead, and bookings whose checkout is gone.",
        discussion: """
            EXAMPLES
              portrun gc
              portrun gc --dry-run --stale 30
            """)

    @OptionGroup var options: CollectionOptions

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func run(in surroundings: Surroundings) throws -> Int32 {
        let collection = try options.collect(isDryRun: options.dryRun, surroundings)
        if !quiet { Report.output(collection.text(isDryRun: options.dryRun)) }
        return 0
    }
}

struct PruneCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Do what `gc` does, asking first on a terminal.",
        discussion: """
            EXAMPLES
              portrun prune
              portrun prune --stale 30 --force
            """)

    @OptionGroup var options: CollectionOptions

    @Flag(help: "Do not ask.")
    var force = false

    func run(in surroundings: Surroundings) throws -> Int32 {
        let isAsking = surroundings.isStandardInputTerminal && !force
        if options.dryRun || isAsking {
            let found = try options.collect(isDryRun: true, surroundings)
            Report.output(found.text(isDryRun: true))
            if options.dryRun || found.isEmpty { return 0 }
            Report.prompt("portrun: drop all of this? [y/N] ")
            guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else { return 1 }
        }
        Report.output(try options.collect(isDryRun: false, surroundings).text(isDryRun: false))
        return 0
    }
}

extension Collection {
    /// A line for each thing dropped, and one that counts them.
    fileprivate func text(isDryRun: Bool) -> String {
        let verb = isDryRun ? "would drop" : "dropped"
        var lines = deadLeases.map { "\(verb) lease of pid \($0.holder.pid) (dead): \($0.command)" }
        lines += bookings.map { entry in
            "\(verb) \(entry.label) \(entry.booking.service) \(entry.booking.port): \(entry.reason.rawValue)"
        }
        lines.append("\(verb) \(deadLeases.count) dead leases, \(bookings.count) bookings")
        return lines.map { $0 + "\n" }.joined()
    }
}
