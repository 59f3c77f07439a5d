import ArgumentParser
import PortrunBase

struct GCCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Reap leases whose process is dead, and bookings whose checkout is gone.",
        usage: "portrun gc [<options>]",
        discussion: """
            Lists each lease and booking that it drops, with the reason: the command is dead, the time to live is \
            over, the path or the branch is gone, or it was not used for long. Also drops the files that portrun wrote \
            for a checkout that is gone, and the networks of `--use-main` that a checkout no longer uses. Keeps \
            bookings that a running container holds, and lists them with the command that ends it.

            EXAMPLES
              portrun gc
              portrun gc --dry-run --stale 30
              portrun gc --json
            """)

    @OptionGroup var options: CollectionOptions

    func run(in system: System) throws -> Int32 {
        try options.collect(system)
        return 0
    }
}
