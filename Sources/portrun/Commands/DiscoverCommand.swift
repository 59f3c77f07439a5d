import ArgumentParser
import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunRegistry

struct DiscoverCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "discover",
        abstract: "Show the ports that the project's compose files publish, and what is booked for them.",
        usage: "portrun discover [<options>]",
        discussion: """
            A port moves by a variable or by an override file, or not at all. The lines below the ports say what else \
            two checkouts of the project cannot both have, and which values still name the old number of a moved port.

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
        let workplace = try Workplace(selectionOptions.selection, system)
        let request = ComposeRequest(
            workingDirectory: workplace.workingDirectory, files: file, profiles: profile, envFiles: envFile,
            projectDirectory: projectDirectory, projectName: projectName, environment: workplace.userEnvironment)
        let project = try ComposeReader.read(request)
        project?.warnings.forEach(Report.warning)
        var published = project
        let shared = Sharing.taken(from: &published, request, in: workplace)
        shared.warnings.forEach(Report.warning)
        let report = DiscoveryReport(
            project, booked: try bookedPorts(of: published, in: workplace), shared: shared.sharing?.names ?? [])
        try Report.output(
            json
                ? report.json.text + "\n"
                : report.text(
                    seenFrom: workplace.workingDirectory, isAligned: system.isStandardOutputTerminal))
        return 0
    }

    /// The port that is booked for each that the project publishes.
    private func bookedPorts(of project: ComposeProject?, in workplace: Workplace) throws -> [PortRange?] {
        let declared = project?.ports ?? []
        let plan = BookingPlan(
            BookingPlan.Wishes(), folder: "", declared: declared, hasPrimary: false, environment: Environment())
        guard !plan.requests.isEmpty else { return declared.map { _ in nil } }
        let bookings = try workplace.look { transaction, record in
            try record.map(transaction.bookings) ?? []
        }
        let booked = plan.requests.map { request in
            bookings.first { $0.service == request.service && $0.transport == request.transport }?.ports
        }
        return plan.byEntry(booked, declared)
    }
}
