import ArgumentParser
import PortrunBase
import PortrunKit

/// The command line as ArgumentParser knows it: the source of `--help`, the completions and the man page.
struct Portrun: ParsableCommand {
    static let version = Version.text

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
              portrun -- docker compose up      taken ports of the compose file move
              portrun run api -- ./server       the same for a service called api
              portrun explain -- npm run dev    which variables it would get, and why
              portrun status --all              every booking on this machine

            EXIT STATUS
              run ends as the command ends; other subcommands end with 0, or 1 for «no»
              64     the command line is wrong
              125    portrun itself failed
              126    the command cannot be executed
              127    the command was not found

            ENVIRONMENT
              PORTRUN=0           run the command as if portrun were not there
              PORTRUN_REGISTRY    the registry file; by default it is below
                                  XDG_STATE_HOME or ~/.local/state
            """,
        version: Version.description,
        groupedSubcommands: [
            CommandGroup(
                name: "Run",
                subcommands: [RunCommand.self, ExplainCommand.self, ExportCommand.self, WriteCommand.self]),
            CommandGroup(
                name: "Ports",
                subcommands: [
                    GetCommand.self, BookCommand.self, ReleaseCommand.self, RenewCommand.self, RegisterCommand.self,
                    UnregisterCommand.self, ImportCommand.self, AdoptCommand.self,
                ]),
            CommandGroup(
                name: "Look",
                subcommands: [
                    StatusCommand.self, ListCommand.self, CheckCommand.self, FindCommand.self, LookupCommand.self,
                    WaitCommand.self, ContextCommand.self, DiscoverCommand.self,
                ]),
            CommandGroup(
                name: "Care", subcommands: [GCCommand.self, PruneCommand.self, DoctorCommand.self]),
            CommandGroup(
                name: "Set-up",
                subcommands: [
                    InitCommand.self, AllowCommand.self, DenyCommand.self, ConfigCommand.self, DaemonCommand.self,
                    DashboardCommand.self, MCPCommand.self, SkillCommand.self, PortserverCommand.self,
                ]),
        ])
}
