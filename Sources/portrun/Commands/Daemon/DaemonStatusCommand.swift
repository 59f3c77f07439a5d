import ArgumentParser
import PortrunBase
import PortrunKit

struct DaemonStatusCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the daemon and its doors.",
        usage: "portrun daemon status [<options>]",
        discussion: """
            Exits with 1 when none runs, and when the one that runs does not answer or cannot use the registry.

            EXAMPLES
              portrun daemon status
              portrun daemon status --json
            """)

    @OptionGroup var selection: DaemonSelection

    @Flag(help: "Print one JSON object, or null.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let (client, place) = try selection.client(in: system)
        var daemon: RunningDaemon?
        var silent: SilentDaemon?
        do throws(DaemonCommandError) {
            daemon = try DaemonAnswer.of(place, client, within: .milliseconds(1500))
        } catch {
            guard case .unanswering(let holder) = error else { throw error }
            silent = holder
        }
        if json {
            try Report.output((daemon?.json ?? .null).text + "\n")
        } else if let daemon, !quiet {
            var table = Table(columns: ["", ""], isAligned: true)
            table.add(["pid", "\(daemon.pid)"])
            table.add(["version", daemon.version])
            table.add(["started", daemon.started])
            table.add(["registry", daemon.registry])
            for (name, address) in daemon.doors { table.add([name, address]) }
            try Report.output(table.text)
        } else if daemon == nil, silent == nil, !quiet {
            Report.notice("no daemon runs; `portrun daemon start` starts one")
        }
        if let silent, !quiet { Report.notice("\(silent.text); \(silent.hint)") }
        guard let daemon else { return 1 }
        guard let trouble = DaemonTrouble(client) else { return 0 }
        if !quiet { Report.notice("the daemon with the pid \(daemon.pid) \(trouble.text)") }
        return 1
    }
}
