import ArgumentParser
import PortrunBase

/// A subcommand that gets its system handed in and gives the exit status back.
protocol Subcommand: ParsableCommand {
    /// - Returns: 0 for yes, 1 for a clean «no».
    func run(in system: System) throws -> Int32
}

/// The options of subcommands that are about one context.
struct SelectionOptions: ParsableArguments {
    @Option(
        name: .customShort("C"), help: ArgumentHelp("Work in this folder.", valueName: "dir"), completion: .directory)
    var directory: String?

    @Option(help: "Use the context of this name instead of the checkout's.")
    var context: String?

    @Option(help: "Replace the first part of the context's label.")
    var app: String?

    @Option(help: "Replace the second part of the context's label.")
    var instance: String?

    @Option(help: ArgumentHelp("Use this registry file.", valueName: "path"), completion: .file())
    var registry: String?

    var selection: Selection {
        Selection(
            directory: directory, context: context, app: app, instance: instance, registry: registry)
    }
}

extension ServiceName: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
