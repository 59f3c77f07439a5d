import ArgumentParser
import PortrunBase
import PortrunKit

struct DaemonStartCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Start the daemon.",
        usage: "portrun daemon start [--door <name>[=<address>]] ... [<options>]",
        discussion: """
            It goes on in the background until `portrun daemon stop`. One that runs already is left alone. `portrund \
            --help` lists the doors; addresses are 127.0.0.1:PORT or [::1]:PORT.

            EXAMPLES
              portrun daemon start
              portrun daemon start --door api
              portrun daemon start --foreground
            """)

    @OptionGroup var selection: DaemonSelection
    @OptionGroup var doorOptions: DoorOptions

    @Flag(help: "Become the daemon, instead of starting it in the background.")
    var foreground = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let starter = DaemonStarter(selection: selection, doors: try doorOptions.arguments())
        if foreground {
            let program = try DaemonProgramFile.find(in: system)
            let argv = try starter.arguments(in: system).map { strdup($0) } + [nil]
            execv(program, argv)
            throw DaemonCommandError.cannotStart(program: program, .failed(path: program, code: errno))
        }
        let (daemon, isNew) = try starter.running(in: system, isQuiet: quiet)
        return try tell(daemon, isNew: isNew, try selection.client(in: system).client)
    }

    private func tell(
        _ daemon: RunningDaemon, isNew: Bool, _ client: DaemonClient
    ) throws(DaemonCommandError) -> Int32 {
        if let missing = doorOptions.door.first(where: { !daemon.hasOpened($0) }) {
            throw .runsWithout(door: missing, pid: daemon.pid)
        }
        if !isNew, let trouble = DaemonTrouble(client) {
            throw DaemonCommandError.runsInTrouble(pid: daemon.pid, trouble.text)
        }
        guard !quiet else { return 0 }
        let places = daemon.doors.map { "\($0.name) on `\($0.address)`" }.joined(separator: ", ")
        Report.notice(
            isNew
                ? "the daemon has started, with the pid \(daemon.pid): \(places)"
                : "the daemon runs already, with the pid \(daemon.pid): \(places)")
        return 0
    }
}

/// The doors that a daemon is to have.
struct DoorOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Open this door, on its usual address or on this one; may be repeated.", valueName: "name[=address]"))
    var door: [String] = []

    /// For the daemon.
    ///
    /// - Throws: `DoorError` for what it would not open.
    func arguments() throws(DoorError) -> [String] {
        var words: [String] = []
        for text in door {
            _ = try DoorSetting(text)
            words += ["--door", text]
        }
        return words
    }
}

extension RunningDaemon {
    /// Whether a door is open on an address, as `--door` names both. One that is to be chosen by the system is any.
    fileprivate func hasOpened(_ setting: String) -> Bool {
        let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
        let address = parts.count > 1 ? LoopbackAddress(parts[1]) : nil
        return doors.contains { door in
            // The unix socket is no answer to `--door`.
            guard door.name == parts.first, let open = LoopbackAddress(door.address) else { return false }
            return address.map { $0.isIPv6 == open.isIPv6 && ($0.port == 0 || $0.port == open.port) } ?? true
        }
    }
}

/// The file of the daemon's program.
enum DaemonProgramFile {
    private static let name = "portrund"

    /// The one beside this program, else the first one in PATH.
    static func find(in system: System) throws(DaemonCommandError) -> String {
        let beside = ExecutedFile.path.map { Path.absolute(name, in: Path.parent($0)) }
        if let beside, FileSystem.isExecutable(Array(beside.utf8)) { return beside }
        let candidates = SearchPath(system.environment).absolute.candidates(for: Array(name.utf8))
        guard let file = candidates.first(where: FileSystem.isExecutable) else { throw .notInstalled }
        return String(decoding: file, as: UTF8.self)
    }
}
