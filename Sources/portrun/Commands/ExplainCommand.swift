import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

struct ExplainCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show which variables a command would get, and why, without running it.",
        usage: "portrun explain [<service>] [<options>] [-- COMMAND [ARGUMENT ...]]",
        discussion: """
            Lists each variable that would be set, changed or removed, with the value before and after, and the \
            reason: the booking, and the file and line that name the port. The last line is the command as it would \
            run. Nothing is booked or written. `run -v` tells the same of a command that it runs. A compose file on \
            standard input (`-f -`) is read as well. A number in the place of the service tells where that leads.

            EXAMPLES
              portrun explain
              portrun explain 5432
              portrun explain -- docker compose up
              portrun explain --json -- npm run dev
            """)

    @OptionGroup var arguments: RunArguments

    @Flag(help: "Print one JSON object.")
    var json = false

    func run(in system: System) throws -> Int32 {
        if !json, arguments.command.isEmpty, let port = arguments.service.flatMap({ Port($0.description) }) {
            return try explain(port, in: system)
        }
        let explanation = try explanation(in: system)
        try Report.output(
            json
                ? explanation.json.text + "\n"
                : explanation.text(isAligned: system.isStandardOutputTerminal))
        return 0
    }

    /// Where a command that is no known server's finds a number.
    private func explain(_ port: Port, in system: System) throws -> Int32 {
        let options = arguments.options
        var launch = options.launch
        launch.wishes.service = nil
        let checkout = try Checkout(options.selection, system)
        let explained = try ExplainedCommand(["sh"], launch, in: checkout) {
            try checkout.openRegistry(isQuiet: options.isQuiet)
        }
        try Report.output(explained.place(of: port) + "\n")
        return 0
    }

    private func explanation(in system: System) throws -> Explanation {
        let options = arguments.options
        let words = arguments.command
        let composeFile = try StandardInput.composeFile(of: words, options.launch, system)
        let checkout = try Checkout(options.selection, system)
        let explained = try ExplainedCommand(words, composeFile: composeFile, options.launch, in: checkout) {
            try checkout.openRegistry(isQuiet: options.isQuiet)
        }
        if !options.isQuiet {
            explained.warnings.forEach(Report.warning)
            explained.notices.forEach(Report.notice)
        }
        return explained.explanation
    }
}
