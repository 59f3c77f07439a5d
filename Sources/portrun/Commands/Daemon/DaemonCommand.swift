import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

struct DaemonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daemon",
        abstract: "Start, stop or look at the server of this registry.",
        usage: """
            portrun daemon start [--door <name>[=<address>]] ... [<options>]
            portrun daemon (stop|status) [<options>]
            portrun daemon (install|uninstall) [<options>]
            """,
        discussion: """
            The daemon, `portrund`, serves the registry over HTTP on a unix socket beside it, for programs. Doors open it on \
            addresses of this machine, too. No other command needs it.

            EXAMPLES
              portrun daemon start
              portrun daemon start --door api=127.0.0.1:7333
              portrun daemon status
            """,
        subcommands: [
            DaemonStartCommand.self, DaemonStopCommand.self, DaemonStatusCommand.self, DaemonInstallCommand.self,
            DaemonUninstallCommand.self,
        ])
}

/// Which daemon is meant.
struct DaemonSelection: ParsableArguments {
    @Option(help: ArgumentHelp("The daemon of this registry file.", valueName: "path"), completion: .file())
    var registry: String?

    func location(in system: System) throws(RegistryError) -> RegistryLocation {
        try RegistryLocation(option: registry, system: system)
    }

    /// A client of the daemon.
    ///
    /// - Throws: `TrustError` where another user could be it.
    func client(in system: System) throws -> (client: DaemonClient, place: DaemonPlace) {
        let location = try location(in: system)
        if let problem = location.state.problem { throw RegistryError.untrusted(problem) }
        let place = DaemonPlace(of: location)
        return (DaemonClient(place), place)
    }
}
