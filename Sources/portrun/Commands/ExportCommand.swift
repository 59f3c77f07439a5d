import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

struct ExportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the variables of this checkout for a shell, direnv or a script.",
        usage: "portrun export [<options>]",
        discussion: """
            Formats: shell (sh, bash, zsh), direnv, fish, nu, powershell, json, dotenv (also called env), github. In \
            `.envrc`, shell means direnv, which is told which files to watch. `portrun init` prints what a shell needs \
            to do all this by itself.

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

    @Option(help: "The format.")
    var format = ExportFormat.shell

    @OptionGroup var fixedPortOptions: FixedPortOptions

    @OptionGroup var rewriteOptions: RewriteOptions

    var options: ExportOptions {
        var options = ExportOptions(
            selection: selectionOptions.selection, isAutomatic: auto, isHook: hook, format: format)
        fixedPortOptions.apply(to: &options.launch.wishes)
        rewriteOptions.apply(to: &options.launch.rewriting)
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
        let plan = Plan(nil, launch, in: try Checkout(selection, system), Look(.ofPrompt))
        plan.warnings.forEach(Report.warning)
        let (overlay, _) = try overlay(of: plan)
        let isInEnvrc = format == .direnv || format == .shell && system.environment["DIRENV_IN_ENVRC"] != nil
        let watched = isInEnvrc ? WatchList(plan).direnvText : ""
        try Report.data(
            format.output(of: overlay) + Array(watched.utf8), isTerminal: system.isStandardOutputTerminal)
        return 0
    }

    /// Books what the checkout needs, without a lease. Outside a project there may be nothing to book for.
    ///
    /// Only prints: no engine is asked, no network made and no program started. The one file that it may write is the
    /// override that it names, in portrun's own folder.
    /// - Parameter tell: is told what the user should know of the variables.
    /// - Returns: it, and when the hooks of shells were told of what is new among the bookings; nil where nothing is.
    func overlay(
        of plan: Plan, tell: ([Warning]) -> Void = { $0.forEach(Report.warning) }
    ) throws -> (overlay: Overlay, wake: timespec?) {
        let checkout = plan.checkout
        if isAutomatic || isHook, checkout.context.repository == nil, plan.project == nil {
            return (Overlay(clearing: checkout.system.environment), nil)
        }
        // A prompt waits for nobody.
        let registry = try checkout.openRegistry(longestWait: isHook ? 100 : nil)
        let preparation = try plan.prepare(in: registry).writeFiles()
        var warnings = preparation.warnings
        if let warning = preparation.plan.warningOfScriptsInShell { warnings.append(warning) }
        if let warning = plan.overrunWarning { warnings.append(warning) }
        tell(warnings)
        preparation.notices.forEach(Report.notice)
        if let notice = preparation.noticeOfNumbersInSource { Report.notice(notice) }
        return (preparation.overlay, registry.lastWake)
    }
}
