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
        let plan = try Plan(declaredBy: request, in: checkout)
        plan.wholeProject?.warnings.forEach(Report.warning)
        plan.mainServiceWarnings.forEach(Report.warning)
        let booked =
            plan.booking.requests.isEmpty ? [] : try plan.lookUpDeclared(in: checkout.openRegistry())
        let (bookings, translation, translates) = try checkout.look(in: checkout.openRegistry()) { reader, record in
            (
                try record.map(reader.bookings) ?? [],
                try checkout.translation(reader, record) { plan.wholeProject },
                try checkout.translates(reader, project: plan.wholeProject)
            )
        }
        let addresses = DeclaredAddresses(plan, bookings, in: checkout, translation, translates: translates)
        if let end = addresses.end {
            let file = end.file(relativeTo: checkout.workingDirectory)
            Report.warning(Warning(file: file, "\(end.message): addresses in what comes after it are left out"))
        }
        if addresses.isCutShort {
            Report.warning(
                Warning("more than \(DeclaredAddresses.limit) addresses name these ports: the rest is left out"))
        }
        let report = DiscoveryReport(plan, booked: booked, addresses.all, bookings)
        if json {
            try Report.object(report.json)
        } else {
            try Report.output(
                report.text(relativeTo: checkout.workingDirectory, isAligned: system.isStandardOutputTerminal))
        }
        return 0
    }
}
