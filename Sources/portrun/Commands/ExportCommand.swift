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

    @OptionGroup var fixedPortOptions: FixedPortOptions

    var options: ExportOptions {
        var options = ExportOptions(selection: selectionOptions.selection, isAutomatic: auto, format: format)
        fixedPortOptions.apply(to: &options.wishes)
        return options
    }

    func run(in surroundings: Surroundings) throws -> Int32 { try options.run(in: surroundings) }
}

extension ExportFormat: ExpressibleByArgument {}

extension ExportOptions {
    /// Books what the checkout needs, without a lease, and prints the overlay.
    func run(in surroundings: Surroundings) throws -> Int32 {
        guard surroundings.environment["PORTRUN"] != "0" else { return 0 }
        let workplace = try Workplace(selection, surroundings)
        var options = RunOptions()
        options.wishes = wishes
        let launch = Launch([], options, in: workplace)
        launch.warnings.forEach(Report.warning)
        if isAutomatic, workplace.context.repository == nil, launch.project == nil {
            Report.output(format.text(of: Overlay(clearing: surroundings.environment)))
            return 0
        }
        let (outcome, overlay, shared) = try workplace.inRegistry { transaction, record, context in
            // Whoever runs in this shell shares what a run elsewhere in the checkout has.
            let outcome = try transaction.book(
                launch.plan.requests, for: record, terms: BookingTerms(isShared: true))
            let name = try launch.projectName(transaction, record, context)
            let policy = try launch.policy(transaction, context, project: name)
            let override = launch.override(outcome.ports, policy, state: workplace.location.folder)
            let overlay = Overlay(
                context: context.hash, bookings: outcome.bookings,
                primary: launch.plan.primary.map { (outcome.bookings[$0], "PORT") },
                shared: try launch.sharing?.ports(transaction) ?? [], project: name,
                files: try override.flatMap { try composeFiles(launch, $0, workplace, context) },
                environment: surroundings.environment,
                leaving: { launch.project?.insideUse(of: $0) != nil })
            return (outcome, overlay, policy.shared)
        }
        launch.connect(shared, by: ["docker"], isQuiet: true, environment: workplace.userEnvironment)
        for move in outcome.moves { Report.notice(move.message) }
        Report.output(format.text(of: overlay))
        return 0
    }

    /// The project's files and the override; nil when the compose that is installed does not understand one.
    private func composeFiles(
        _ launch: Launch, _ override: ComposeOverride, _ workplace: Workplace, _ context: Context
    ) throws -> ComposeFileList? {
        guard let project = launch.project else { return nil }
        let state = workplace.location.folder
        let environment = workplace.userEnvironment
        let words = ["docker", "compose"]
        do throws(RemapError) {
            if override.needsOverrideTag, let compose = ComposeCommand(words) {
                try compose.checkOverrideSupport(
                    words, program: SearchPath(environment).candidates(for: Array(words[0].utf8)),
                    environment: environment, state: state)
            }
        } catch {
            Report.warning(Warning(error.message))
            return nil
        }
        let path = try override.save(for: project.overrideName(in: context), in: state)
        return ComposeFileList(project.files + [path], environment: environment)
    }
}
