import ArgumentParser
import PortrunBase

/// The command line as ArgumentParser knows it: the source of `--help`, the completions and the man page.
struct Portrun: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "portrun",
        abstract: "Run a command on ports that nobody else on this machine has.",
        usage: """
            portrun -- COMMAND [ARGUMENT ...]
            portrun SUBCOMMAND
            """,
        discussion: """
            Two worktrees of one project run side by side: each checkout gets ports of its own, the same ones every \
            time. Nothing in the project is edited, and when the command ends so does its lease.

            EXAMPLES
              portrun -- npm run dev            PORT is set to a port of this checkout
              portrun -- docker compose up      the ports of the compose file move where they must
              portrun run api -- ./server       the same for a service called api
              portrun explain -- npm run dev    which variables it would get, and why
              portrun status --all              every booking on this machine

            EXIT STATUS
              that of the command; 127 when it is not found, 126 when it cannot be executed, 125 when portrun itself \
            fails, 64 for a wrong command line, 1 for a «no»

            ENVIRONMENT
              PORTRUN=0           run the command as if portrun were not there
              PORTRUN_REGISTRY    the registry file; else below XDG_STATE_HOME or ~/.local/state
            """,
        version: version,
        subcommands: [
            RunCommand.self, ExplainCommand.self, ExportCommand.self, ContextCommand.self, DiscoverCommand.self,
            GetCommand.self, BookCommand.self, ReleaseCommand.self, RenewCommand.self, RegisterCommand.self,
            UnregisterCommand.self, ImportCommand.self, AdoptCommand.self, StatusCommand.self, ListCommand.self,
            CheckCommand.self, FindCommand.self, LookupCommand.self, WaitCommand.self, GCCommand.self,
            PruneCommand.self, DoctorCommand.self,
            WriteCommand.self, ConfigCommand.self, InitCommand.self,
        ])
}
