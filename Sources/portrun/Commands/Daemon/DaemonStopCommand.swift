import ArgumentParser
import PortrunBase
import PortrunKit

struct DaemonStopCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "End the daemon.",
        usage: "portrun daemon stop [<options>]",
        discussion: """
            What it is being asked for is answered first. Exits with 1 when none runs.

            EXAMPLES
              portrun daemon stop
            """)

    @OptionGroup var selection: DaemonSelection

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let (client, place) = try selection.client(in: system)
        guard let daemon = client.daemon() else {
            if !quiet { Report.notice("no daemon runs") }
            return 1
        }
        guard kill(daemon.pid, SIGTERM) == 0 || errno == ESRCH else {
            throw DaemonCommandError.cannotStop(pid: daemon.pid, code: errno)
        }
        guard try DaemonEnd.isReached(at: place, within: .seconds(15)) else {
            throw DaemonCommandError.goesOn(pid: daemon.pid)
        }
        if !quiet { Report.notice("the daemon with the pid \(daemon.pid) has ended") }
        return 0
    }
}

/// The end of a daemon, by which its lock is free.
enum DaemonEnd {
    /// Waits for it.
    static func isReached(at place: DaemonPlace, within patience: Duration) throws(FileError) -> Bool {
        let deadline = Deadline(after: patience)
        while true {
            if let lock = try FileLock(place.lock) {
                lock.release()
                return true
            }
            guard deadline.milliseconds > 0 else { return false }
            poll(nil, 0, 5)
        }
    }
}
