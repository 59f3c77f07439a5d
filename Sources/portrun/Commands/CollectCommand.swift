import ArgumentParser
import PortrunCore
import PortrunRegistry

struct CollectCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Reap leases whose process is dead, and bookings whose checkout is gone.",
        discussion: """
            Bookings that a running container holds are kept, and listed with what ends it.

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
