import ArgumentParser
import PortrunBase

struct GCCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Reap leases whose process is dead, and bookings whose checkout is gone.",
        usage: "portrun gc [<options>]",
        discussion: """
            Each lease and booking is listed with the reason: the command is dead, the time to live is over, the path \
            or the branch is gone, not used for long. Files that portrun wrote for a checkout that is gone go too, and so \
            do the networks of `--use-main` that a checkout no longer uses. Bookings that a running container holds are kept, and listed with \
            what ends it.

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
