import ArgumentParser
import PortrunBase

struct ListCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List every booking on this machine and who holds it.",
        usage: "portrun list [<options>]",
        discussion: """
            Does the same as `portrun status --all`. `portrun status --help` explains the states.

            EXAMPLES
              portrun list --live
              portrun list --app shop --service postgres
              portrun list --context shop/main --json
              portrun list --format ports > ports.txt
            """)

    @OptionGroup var options: ListingOptions

    func run(in system: System) throws -> Int32 {
        try options.list(isMachineWide: true, system)
    }
}
