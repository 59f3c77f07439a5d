import ArgumentParser
import PortrunBase
import PortrunKit
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
        let checkout = try Checkout(registryOptions.selection, system)
        let registry = try checkout.openRegistry(isQuiet: quiet)
        return try checkout.collect(registry, staleDays: stale?.days, isDryRun: isDryRun)
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
