import ArgumentParser
import PortrunBase
import PortrunKit

struct DaemonStatusCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the daemon and its doors.",
        usage: "portrun daemon status [<options>]",
        discussion: """
            Exits with 1 when none runs, or the one that runs does not answer.

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
        let daemon = client.daemon()
        let silent = daemon == nil ? SilentDaemon(at: place) : nil
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
        return daemon == nil ? 1 : 0
    }
}
