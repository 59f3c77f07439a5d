import ArgumentParser
import PortrunBase
import PortrunKit

struct WriteCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "write",
        abstract: "Write ports into a file, for tools that read nothing else.",
        usage: """
            portrun write <file> <assignment> ... [<options>]
            portrun write <file> --template <path> [<options>]
            """,
        discussion: """
            After `=` stands a service, or a text with {port}, {url}, {port:SERVICE} or {url:SERVICE} in it. {port} \
            and {url} mean the project's own port, as in `portrun run`. A file called .json or .jsonc takes JSON \
            pointers. One called .toml, .yaml, .yml, .ini or .cfg takes pointers too, and the name of a key that is \
            there once; a key that is missing or could be another is an error. Any other file takes names as an env \
            file has them. Only these values change: comments, order, indentation and line ends stay, and so do mode \
            and owner. The old file is kept beside the new one, as \
            FILE.bak.

            EXAMPLES
              portrun write .env PORT=web DB_PORT=postgres
              portrun write .env.local 'API_URL={url:api}/v1'
              portrun write config.json /server/port=web
              portrun write package.json /config/port=web
              portrun write settings.toml /db/port=postgres
              portrun write --template nginx.conf.in nginx.conf
              portrun write .env PORT=web --dry-run
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Argument(help: "The file.", completion: .file())
    var file: String

    @Argument(help: ArgumentHelp("The place and its value: NAME=SERVICE or /pointer=SERVICE.", valueName: "assignment"))
    var assignments: [String] = []

    @Option(
        help: ArgumentHelp("Make the file from this one, with ports in the placeholders.", valueName: "path"),
        completion: .file())
    var template: String?

    @Flag(help: "Keep no old file.")
    var noBackup = false

    @Flag(help: "Print the changes as a diff, and write nothing.")
    var dryRun = false

    @Flag(name: .shortAndLong, help: "Do not say what was written.")
    var quiet = false

    func validate() throws {
        guard assignments.isEmpty == (template != nil) else {
            throw ValidationError("say what to put into `\(file)`: assignments, or `--template`")
        }
    }

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(selectionOptions.selection, system)
        let edit = try edit(in: checkout.workingDirectory)
        let replacement = try FileReplacement(Path.absolute(file, in: checkout.workingDirectory))
        // A file that cannot be changed is not worth a booking.
        _ = try edit.applied(to: replacement.content, of: file) { _ in .any }
        let plan = Plan(for: edit.texts, in: checkout)
        if !quiet { plan.warnings.forEach(Report.warning) }
        let (ports, moves) = try plan.book(edit.texts, in: checkout.openRegistry(isQuiet: quiet))
        for move in moves where !quiet { Report.notice(move.message) }
        let content = try edit.applied(to: replacement.content, of: file) { name in ports.port(of: name) }
        if dryRun {
            try Report.data(
                Array(UnifiedDiff.text(replacement.content, content, name: file).utf8),
                isTerminal: system.isStandardOutputTerminal)
            return 0
        }
        guard content != replacement.content else {
            if !quiet { Report.notice("`\(file)` stays as it is") }
            return 0
        }
        try replacement.write(
            content, isKeepingBackup: !noBackup, state: checkout.state, now: system.now)
        if !quiet { Report.notice("`\(file)` written: \(ports.text)") }
        return 0
    }

    private func edit(in folder: String) throws(WriteError) -> FileEdit {
        if let template {
            do {
                return .template(try FileSystem.read(Path.absolute(template, in: folder)))
            } catch {
                throw .file(error)
            }
        }
        var edits: [FileAssignment] = []
        for word in assignments { edits.append(try FileAssignment(word)) }
        return .assignments(edits)
    }
}

extension Port {
    /// A port that stands for the real ones while nothing is written.
    fileprivate static var any: Port { Port("3000")! }
}
