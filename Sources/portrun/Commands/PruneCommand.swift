import ArgumentParser
import PortrunBase
import PortrunRegistry

struct PruneCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Do what `gc` does, asking first on a terminal.",
        usage: "portrun prune [<options>]",
        discussion: """
            EXAMPLES
              portrun prune
              portrun prune --stale 30 --force
            """)

    @OptionGroup var options: CollectionOptions

    @Flag(help: "Do not ask.")
    var force = false

    func run(in system: System) throws -> Int32 {
        if system.isStandardInputTerminal, !force, !options.dryRun {
            let found = try options.outcome(isDryRun: true, system)
            if !found.isEmpty {
                Report.prompt(options.text(of: found, isDryRun: true) + "portrun: drop all of this? [y/N] ")
                guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else { return 1 }
            }
        }
        try options.collect(system)
        return 0
    }
}
