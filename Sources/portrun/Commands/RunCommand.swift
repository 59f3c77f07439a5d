import ArgumentParser
import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a command on ports of its own, and hold them until it ends.",
        usage: "portrun run [<service>] [<options>] -- COMMAND [ARGUMENT ...]",
        discussion: """
            The command's own port is in PORT. Its service has the name before `--`, else that of the folder below the \
            worktree's root, else `web`. The ports of the project's services are in variables such as POSTGRES_PORT. \
            {port}, {url}, {port:NAME} and {url:NAME} in the command stand for ports too. Servers of known frameworks \
            that do not read PORT get the flag that sets their port. portrun warns on standard error when the command \
            listens on another port within its first seconds; not with --exec, and not for compose commands.

            EXAMPLES
              portrun -- npm run dev
              portrun run api --env-name API_PORT -- ./server
              portrun run --port 4000 --book mail -- bin/dev
              portrun run --exec -- ./server
              portrun -- php -S localhost:{port}
              portrun run --isolate networks -- docker compose up
              portrun run --use-main db -- docker compose up
              portrun run --env-file config/dev.env -- npm run dev
              portrun --listen -- gunicorn app:app
              portrun run --listen web,admin -- ./server
            """)

    @OptionGroup var arguments: RunArguments

    func validate() throws {
        guard !arguments.command.isEmpty else { throw ValidationError("no command to run: put it behind `--`") }
    }

    var options: RunOptions { arguments.options }
}

/// The options and words of `run`, and of `explain` too.
struct RunArguments: ParsableArguments {
    @OptionGroup var selectionOptions: SelectionOptions

    @Argument(help: "The name of the command's own service.")
    var service: ServiceName?

    @Option(help: ArgumentHelp("The variable that carries the command's port.", valueName: "variable"))
    var envName = "PORT"

    @Option(help: ArgumentHelp("Demand a port for the command or a service, now and later.", valueName: "[name=]port"))
    var port: [BookingPlan.Demand] = []

    @Option(help: ArgumentHelp("Book a port for this service too; may be repeated.", valueName: "service"))
    var book: [ServiceName] = []

    @Option(
        help: ArgumentHelp(
            "Outside the main worktree, give networks names of their own, as volumes and images have anyway.",
            valueName: "kinds"))
    var isolate: [Isolation] = []

    @Option(
        help: ArgumentHelp(
            "Use these services of the main worktree instead of starting them here.", valueName: "services"))
    var useMain: [ServiceList] = []

    @Option(
        defaultAsFlag: ListenedServices(text: nil), parsing: .next,
        help: ArgumentHelp(
            "Listen for the command, or for these services, and hand the sockets over as systemd does.",
            valueName: "services"))
    var listen: ListenedServices?

    @Flag(help: "Drop new bookings when the command ends.")
    var ephemeral = false

    @Flag(help: "Use the port of the run that is already live, instead of the next one.")
    var share = false

    @Flag(help: "Replace portrun by the command instead of waiting for it. Then nothing checks where it listens.")
    var exec = false

    @Flag(help: "End the command with 125 when it listens on another port than the booked one. Not with --exec.")
    var strict = false

    @Flag(help: "Serve python_portpicker inside the command: set PORTSERVER_ADDRESS. Not with --exec.")
    var portserver = false

    @Flag(name: .customLong("no-discover"), help: "Do not read the project's files, and add no flags.")
    var skipsDiscovery = false

    @OptionGroup var fixedPortOptions: FixedPortOptions

    @Flag(name: .customLong("no-shim"), help: "Leave `docker compose` inside the command alone.")
    var skipsShim = false

    @Option(
        help: ArgumentHelp(
            "Let the command find what has moved on localhost by its declared port: auto, on or off (Linux).",
            valueName: "mode"))
    var translate: Translation.Mode?

    @OptionGroup var rewriteOptions: RewriteOptions

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say what is set.")
    var verbose = false

    @Argument(parsing: .postTerminator, help: ArgumentHelp("The command and its arguments.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        guard Environment.isIdentifier(envName) else {
            throw ValidationError("invalid variable `\(envName)`: letters, digits and `_`, not starting with a digit")
        }
        if let listen, listen.names == nil {
            throw ValidationError("invalid services `\(listen.text ?? "")`: names with commas between, none twice")
        }
    }

    var options: RunOptions {
        var options = RunOptions()
        options.selection = selectionOptions.selection
        options.launch.wishes.service = service
        options.launch.wishes.variable = envName
        options.launch.wishes.demands = port
        options.launch.wishes.books = book
        options.launch.wishes.listens = listen?.names ?? nil
        fixedPortOptions.apply(to: &options.launch.wishes)
        for kinds in isolate { options.launch.isolated.formUnion(kinds) }
        for list in useMain { options.launch.mainServices += list.names }
        options.commandSize = command.count
        options.launch.isEphemeral = ephemeral
        options.launch.isShared = share
        options.isReplacing = exec
        options.isStrict = strict
        options.hasPortserver = portserver
        options.launch.isDiscovering = !skipsDiscovery
        options.launch.isShimmed = !skipsShim
        rewriteOptions.apply(to: &options.launch.rewriting)
        options.launch.translating = translate
        options.launch.isQuiet = quiet
        options.isVerbose = verbose
        return options
    }
}

extension Isolation: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension Translation.Mode: ExpressibleByArgument {}

extension ServiceList: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }
}

/// The value of `--listen`, right or wrong: ArgumentParser would take a value that it cannot read for another word.
struct ListenedServices: ExpressibleByArgument, CustomStringConvertible {
    /// nil for none.
    let text: String?

    init(text: String?) { self.text = text }
    init?(argument: String) { text = argument }

    /// What the help shows as the value of the option alone: nothing, for that is said there.
    var description: String { text ?? "" }

    /// nil when they are not what they should be.
    var names: [ServiceName]? { text.map { ServiceNameList($0)?.names } ?? [] }
}

extension BookingPlan.Demand: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
