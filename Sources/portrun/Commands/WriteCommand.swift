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
            portrun write --env [--undo] [<options>]
            """,
        discussion: """
            After `=` stands a service, or a text with {port}, {url}, {port:SERVICE} or {url:SERVICE} in it. {port} \
            and {url} mean the project's own port, as in `portrun run`. A file called .json or .jsonc takes JSON \
            pointers. One called .toml, .yaml, .yml, .ini or .cfg takes pointers too, and the name of a key that is \
            there once; a key that is missing or could be another is an error. Any other file takes names as an env \
            file has them. Only these values change: comments, order, indentation and line ends stay, and so do mode \
            and owner. The old file is kept beside the new one, as \
            FILE.bak.

            `--env` is for tools that read env files by themselves. In each `.env…` file of the checkout that git \
            ignores, the numbers that name a port which has moved follow it; `--undo` puts back what was there.

            EXAMPLES
              portrun write .env PORT=web DB_PORT=postgres
              portrun write .env.local 'API_URL={url:api}/v1'
              portrun write config.json /server/port=web
              portrun write package.json /config/port=web
              portrun write settings.toml /db/port=postgres
              portrun write --template nginx.conf.in nginx.conf
              portrun write --env
              portrun write .env PORT=web --dry-run
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Argument(help: "The file.", completion: .file())
    var file: String?

    @Argument(help: ArgumentHelp("The place and its value: NAME=SERVICE or /pointer=SERVICE.", valueName: "assignment"))
    var assignments: [String] = []

    @Option(
        help: ArgumentHelp("Make the file from this one, with ports in the placeholders.", valueName: "path"),
        completion: .file())
    var template: String?

    @Flag(help: "Bring the ignored env files of the checkout in line with its ports.")
    var env = false

    @Flag(help: "Put back what `--env` has found in them.")
    var undo = false

    @Flag(help: "Keep no old file.")
    var noBackup = false

    @Flag(help: "Print the changes as a diff, and write and book nothing.")
    var dryRun = false

    @Flag(name: .shortAndLong, help: "Do not say what was written.")
    var quiet = false

    func validate() throws {
        guard !undo || env else { throw ValidationError("`--undo` goes with `--env`") }
        if env {
            guard file == nil, template == nil, !noBackup else {
                throw ValidationError("`--env` finds its files by itself")
            }
            return
        }
        guard let file else { throw ValidationError("missing expected argument `<file>`") }
        guard assignments.isEmpty == (template != nil) else {
            throw ValidationError("say what to put into `\(file)`: assignments, or `--template`")
        }
    }

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(selectionOptions.selection, system)
        guard let file else { return try runOnEnvFiles(of: checkout, system) }
        let edit = try edit(in: checkout)
        let name = Path.absolute(file, in: checkout.workingDirectory)
        let replacement = try FileReplacement(name)
        try replacement.stays(in: checkout.context.path, name, named: file)
        // A file that cannot be changed is not worth a booking.
        _ = try edit.applied(to: replacement.content, of: file, Look(.ofWriting)) { _ in .any }
        let plan = Plan(for: edit.texts, in: checkout)
        if !quiet { plan.warnings.forEach(Report.warning) }
        let (ports, moves) = try plan.book(
            edit.texts, in: checkout.openRegistry(isQuiet: quiet), isDryRun: dryRun)
        for move in moves where !quiet { Report.notice(move.message) }
        let content = try edit.applied(to: replacement.content, of: file, Look(.ofWriting)) { ports.port(of: $0) }
        if dryRun {
            try Report.data(
                UnifiedDiff.bytes(replacement.content, content, name: file),
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

    private func runOnEnvFiles(of checkout: Checkout, _ system: System) throws -> Int32 {
        let (files, moves) =
            undo
            ? (EnvFilesInLine.undoing(checkout), [])
            : try EnvFilesInLine.following(checkout, in: checkout.openRegistry(isQuiet: quiet), isDryRun: dryRun)
        if !quiet {
            files.warnings.forEach(Report.warning)
            for move in moves { Report.notice(move.message) }
        }
        let names = files.changes.map { Path.shortest($0.path, from: checkout.workingDirectory) }
        if dryRun {
            for (change, name) in zip(files.changes, names) {
                try Report.data(
                    UnifiedDiff.bytes(change.old, change.new, name: name),
                    isTerminal: system.isStandardOutputTerminal)
            }
            return 0
        }
        try files.write(isUndoing: undo)
        if !quiet {
            for name in names { Report.notice("`\(name)` \(undo ? "is as it was" : "has this checkout's ports")") }
            if names.isEmpty, files.warnings.isEmpty { Report.notice("no env file that git ignores has to change") }
        }
        return 0
    }

    private func edit(in checkout: Checkout) throws(WriteError) -> FileEdit {
        if let template {
            let bytes = try FileReplacement.template(
                in: checkout.context.path, Path.absolute(template, in: checkout.workingDirectory), named: template)
            return try .filling(bytes, of: template, Look(.ofWriting))
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
