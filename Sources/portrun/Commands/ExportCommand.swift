import ArgumentParser
import PortrunCore
import PortrunRegistry

struct ExportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the variables of this checkout for a shell, direnv or a script.",
        discussion: """
            EXAMPLES
              eval "$(portrun export)"
              portrun export --format json
              portrun init direnv >> .envrc
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Flag(help: "Print nothing outside a project.")
    var auto = false

    @Option(help: "How to print: shell, json or env.")
    var format = ExportFormat.shell

    var options: ExportOptions {
        ExportOptions(selection: selectionOptions.selection, isAutomatic: auto, format: format)
    }

    func run(in surroundings: Surroundings) throws -> Int32 { try options.run(in: surroundings) }
}

extension ExportFormat: ExpressibleByArgument {}

extension ExportOptions {
    /// Books what the checkout needs, without a lease, and prints the overlay.
    func run(in surroundings: Surroundings) throws -> Int32 {
        guard surroundings.environment["PORTRUN"] != "0" else { return 0 }
        let workplace = try Workplace(selection, surroundings)
        let launch = Launch([], RunOptions(), in: workplace)
        launch.warnings.forEach(Report.warning)
        if isAutomatic, workplace.context.repository == nil, launch.project == nil {
            Report.output(format.text(of: Overlay(clearing: surroundings.environment)))
            return 0
        }
        let (outcome, overlay) = try workplace.inRegistry { transaction, record, context in
            // Whoever runs in this shell shares what a run elsewhere in the checkout has.
            let outcome = try transaction.book(
                launch.plan.requests, for: record, terms: BookingTerms(isShared: true))
            let overlay = Overlay(
                context: context.hash, bookings: outcome.bookings,
                primary: launch.plan.primary.map { (outcome.bookings[$0], "PORT") },
                shared: try launch.sharing?.ports(transaction) ?? [],
                project: try launch.projectName(transaction, record, context),
                environment: surroundings.environment)
            return (outcome, overlay)
        }
        for move in outcome.moves { Report.notice(move.message) }
        Report.output(format.text(of: overlay))
        return 0
    }
}
