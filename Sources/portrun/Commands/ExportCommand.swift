import ArgumentParser
import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunRegistry

struct ExportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the variables of this checkout for a shell, direnv or a script.",
        discussion: """
            Formats: shell (sh, bash, zsh), direnv, fish, nu, powershell, json, dotenv (also called env), github. In \
            `.envrc`, shell means direnv: it is told which files to watch. `portrun init` prints what a shell needs to \
            do all this by itself.

            EXAMPLES
              eval "$(portrun export)"
              portrun export --format fish | source
              portrun export --format powershell | Out-String | Invoke-Expression
              portrun export --format nu | save -f ports.nu; source ports.nu
              portrun export --format json
              portrun export --format dotenv > .env.ports
              portrun export --format github >> "$GITHUB_ENV"
              portrun init direnv >> .envrc
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Flag(help: "Print nothing outside a project.")
    var auto = false

    @Flag(help: "For a shell's prompt: print nothing while nothing has changed.")
    var hook = false

    @Option(help: "How to print.")
    var format = ExportFormat.shell

    @OptionGroup var fixedPortOptions: FixedPortOptions

    @OptionGroup var rewriteOptions: RewriteOptions

    var options: ExportOptions {
        var options = ExportOptions(
            selection: selectionOptions.selection, isAutomatic: auto, isHook: hook, format: format)
        fixedPortOptions.apply(to: &options.wishes)
        rewriteOptions.apply(to: &options.rewriting)
        return options
    }

    func run(in system: System) throws -> Int32 { try options.run(in: system) }
}

extension ExportFormat: ExpressibleByArgument {}

extension ExportOptions {
    /// Prints the overlay; at a prompt only when it may be another than before.
    func run(in system: System) throws -> Int32 {
        guard system.environment["PORTRUN"] != "0" else { return 0 }
        if isHook { return try runAsHook(in: system) }
        let workplace = try Workplace(selection, system)
        let launch = launch(in: workplace)
        let overlay = try overlay(of: launch, workplace)
        let isInEnvrc = format == .direnv || format == .shell && system.environment["DIRENV_IN_ENVRC"] != nil
        let watched = isInEnvrc ? launch.watchList(in: workplace).direnvText : ""
        try Report.output(format.output(of: overlay) + Array(watched.utf8))
        return 0
    }

    /// A failure is told once and takes away what is exported: it is another checkout's, perhaps.
    private func runAsHook(in system: System) throws(OutputError) -> Int32 {
        let environment = system.environment
        // Of a folder that is gone, any command will tell.
        guard let folder = system.workingDirectory else { return 0 }
        if let state = environment[WatchState.variable].flatMap({ WatchState($0) }), state.isCurrent(in: folder) {
            return 0
        }
        var overlay = Overlay(clearing: environment)
        var watched = WatchState(folder: folder)
        var status: Int32 = 0
        do {
            let workplace = try Workplace(selection, system)
            let launch = launch(in: workplace)
            // Before the registry is asked, so that no change meanwhile is missed.
            watched = WatchState(of: launch.watchList(in: workplace), in: folder)
            overlay = try self.overlay(of: launch, workplace)
        } catch let error as any ReportableError {
            Report.error(error)
            status = error.exitStatus
        } catch {
            Report.warning(Warning("no ports are exported here: \(error)"))
            status = 125
        }
        try Report.output(format.output(of: overlay, remembering: watched))
        return status
    }

    private func launch(in workplace: Workplace) -> Launch {
        var options = RunOptions()
        options.wishes = wishes
        options.rewriting = rewriting
        let launch = Launch([], options, in: workplace)
        launch.warnings.forEach(Report.warning)
        return launch
    }

    /// Books what the checkout needs, without a lease. Outside a project there may be nothing to book for.
    private func overlay(of launch: Launch, _ workplace: Workplace) throws -> Overlay {
        let environment = workplace.system.environment
        if isAutomatic || isHook, workplace.context.repository == nil, launch.project == nil {
            return Overlay(clearing: environment)
        }
        let (outcome, overlay, shared, owner) = try workplace.inRegistry { transaction, record, context in
            // Whoever runs in this shell shares what a run elsewhere in the checkout has.
            let outcome = try transaction.book(
                launch.plan.requests, for: record, terms: BookingTerms(isShared: true))
            let name = try launch.projectName(transaction, record, context)
            let policy = try launch.policy(transaction, context, project: name)
            let override = launch.override(outcome.ports, policy, state: StateFolder(workplace.location.folder))
            let shared = try launch.sharing?.ports(transaction) ?? []
            var overlay = Overlay(
                context: context.hash, bookings: outcome.bookings,
                primary: launch.plan.primary.map { (outcome.bookings[$0], "PORT") },
                shared: shared, project: name,
                files: try override.flatMap { try composeFiles(launch, $0, workplace, context) },
                environment: environment,
                leaving: { launch.project?.insideUse(of: $0) != nil })
            // A shell may run anything, compose without the shim too.
            let rewrite = try launch.rewrite(
                outcome.ports, shared, overlay, for: .shell, in: workplace)
            overlay.follow(rewrite?.changes ?? [])
            rewrite?.warnings.forEach(Report.warning)
            return (outcome, overlay, policy.mainServices, context.fileOwner)
        }
        launch.connect(shared, by: ["docker"], for: owner, isQuiet: true, in: workplace)
        for move in outcome.moves { Report.notice(move.message) }
        return overlay
    }

    /// The project's files and the override; nil when the compose that is installed does not understand one.
    private func composeFiles(
        _ launch: Launch, _ override: ComposeOverride, _ workplace: Workplace, _ context: Context
    ) throws -> ComposeFileList? {
        guard let project = launch.project else { return nil }
        let state = StateFolder(workplace.location.folder)
        let environment = workplace.userEnvironment
        let words = ["docker", "compose"]
        do throws(RemapError) {
            if override.needsOverrideTag, let compose = ComposeCommand(words) {
                try compose.checkOverrideSupport(
                    program: SearchPath(environment).candidates(for: Array(words[0].utf8)),
                    environment: environment, state: state)
            }
        } catch .missing {
            // Another program may read the variable, such as a `docker-compose`.
        } catch {
            Report.warning(Warning(error.message))
            return nil
        }
        let path = try override.save(
            as: project.overrideName(in: context), for: context.fileOwner, in: state)
        return ComposeFileList(project.files + [path], environment: environment)
    }
}

extension Launch {
    /// What decides which variables are exported.
    fileprivate func watchList(in workplace: Workplace) -> WatchList {
        WatchList(
            workplace.context, project, workingDirectory: workplace.workingDirectory,
            environment: workplace.userEnvironment)
    }
}
