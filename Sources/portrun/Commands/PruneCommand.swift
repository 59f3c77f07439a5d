import ArgumentParser
import PortrunCore
import PortrunRegistry

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
            let found = try options.collect(isDryRun: true, isQuiet: false, surroundings)
            try Report.output(found.text(isDryRun: true))
            if options.dryRun || found.isEmpty { return 0 }
            Report.prompt("portrun: drop all of this? [y/N] ")
            guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else { return 1 }
        }
        try Report.output(options.collect(isDryRun: false, isQuiet: false, surroundings).text(isDryRun: false))
        return 0
    }
}
