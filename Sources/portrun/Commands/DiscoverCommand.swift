import ArgumentParser
import PortrunBase
import PortrunCompose
import PortrunKit

struct DiscoverCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "discover",
        abstract: "Show the ports that the project's compose files publish, and what is booked for them.",
        usage: "portrun discover [<options>]",
        discussion: """
            A port moves by a variable or by an override file, or not at all. The lines below the ports say what else \
            two checkouts of the project cannot both have, and which values still name the old number of a moved port. \
            Behind them stands each address of this machine, in any file that people write, that names such a port, \
            and how it follows: by value (a launch changes the variable), by override (a container's value), written \
            (`portrun write --env`), by translation, or not at all. Those in documentation are only counted. Last come the ports that no file declares, but on \
            which a command was seen to listen; `portrun release --learned` forgets them.

            EXAMPLES
              portrun discover
              portrun discover --json
              portrun discover -f compose.prod.yaml --profile debug
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Option(
        name: [.short, .long], help: ArgumentHelp("Read this compose file; may be repeated.", valueName: "file"),
        completion: .file())
    var file: [String] = []

    @Option(help: ArgumentHelp("Treat this profile as active; may be repeated.", valueName: "name"))
    var profile: [String] = []

    @Option(help: ArgumentHelp("Read this environment file instead of `.env`.", valueName: "file"), completion: .file())
    var envFile: [String] = []

    @Option(help: ArgumentHelp("Resolve relative paths from this folder.", valueName: "dir"), completion: .directory)
    var projectDirectory: String?

    @Option(name: [.short, .long], help: ArgumentHelp("The name of the compose project.", valueName: "name"))
    var projectName: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(selectionOptions.selection, system)
        let request = ComposeRequest(
            workingDirectory: checkout.workingDirectory, files: file, profiles: profile, envFiles: envFile,
            projectDirectory: projectDirectory, projectName: projectName, environment: checkout.userEnvironment)
        let look = try ProjectLook(at: request, in: checkout) { try checkout.openRegistry() }
        look.warnings.forEach(Report.warning)
        if json {
            try Report.object(look.report.json)
        } else {
            try Report.output(
                look.report.text(relativeTo: checkout.workingDirectory, isAligned: system.isStandardOutputTerminal))
        }
        return 0
    }
}
