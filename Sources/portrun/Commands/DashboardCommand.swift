import ArgumentParser
import PortrunBase
import PortrunKit

struct DashboardCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard",
        abstract: "Open the ports of this machine in a browser.",
        usage: "portrun dashboard [<options>]",
        discussion: """
            Prints an address that signs one browser in, once, within a minute, and opens it where there is a display. The \
            daemon serves the page on this machine alone, and is started where none runs.

            EXAMPLES
              portrun dashboard
              portrun dashboard --no-open
            """)

    @OptionGroup var selection: DaemonSelection

    @Flag(name: [.customLong("no-open"), .customLong("print")], help: "Print the address, and open nothing.")
    var noOpen = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors and the address.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let (daemon, isNew) = try DaemonStarter(selection: selection, doors: []).running(in: system, isQuiet: quiet)
        if isNew, !quiet { Report.notice("the daemon has started, with the pid \(daemon.pid)") }
        let client = try selection.client(in: system).client
        guard let (status, answer) = client.post("/api/v1/dashboard", .object([:])) else {
            throw DashboardError.silent(pid: daemon.pid)
        }
        guard status == 200, let url = answer["url"]?.string else {
            throw DashboardError.refused(answer["detail"]?.string, hint: answer["hint"]?.string, pid: daemon.pid)
        }
        try Report.output(url + "\n")
        if !noOpen, let browser = Browser(in: system), !browser.open(url), !quiet {
            Report.notice("no browser could be started; open the address by hand")
        }
        return 0
    }
}

/// Why there is no address to open.
enum DashboardError: ReportableError, Equatable {
    case silent(pid: Int32)
    /// With what the daemon has said.
    case refused(String?, hint: String?, pid: Int32)

    var message: String {
        switch self {
        case .silent(let pid): "the daemon with the pid \(pid) does not answer"
        case .refused(let detail?, _, _): "the daemon opens no dashboard: \(detail)"
        case .refused(nil, _, let pid): "the daemon with the pid \(pid) has no dashboard"
        }
    }

    var hint: String? {
        switch self {
        case .silent, .refused(nil, _, _): "`portrun daemon stop`, then try again: it may be of another version"
        case .refused(_, let hint, _): hint
        }
    }
}
