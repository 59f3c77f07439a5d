import ArgumentParser
import PortrunBase
import PortrunKit

struct ContextCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "context",
        abstract: "Show which checkout this is, as portrun sees it.",
        usage: "portrun context [<options>]",
        discussion: """
            EXAMPLES
              portrun context
              portrun context --json
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(selectionOptions.selection, system)
        var context = checkout.context
        // Whoever only looks makes no registry, and does without one that cannot be read.
        if FileSystem.kind(of: checkout.location.path) == .file,
            let registry = try? checkout.openRegistry(isQuiet: true),
            let recorded = try? checkout.recordedContext(in: registry)
        {
            context = recorded
        }
        context.warnings.forEach(Report.warning)
        if json {
            try Report.output(context.json.text + "\n")
            return 0
        }
        var table = Table(columns: ["", ""], isAligned: true)
        table.add(["label", context.label])
        table.add(["hash", context.hash])
        table.add(["path", context.path])
        if let remote = context.remote { table.add(["remote", remote]) }
        if let branch = context.branch { table.add(["branch", branch]) }
        try Report.output(table.text)
        return 0
    }
}
