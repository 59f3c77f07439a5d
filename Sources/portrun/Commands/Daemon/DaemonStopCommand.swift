import ArgumentParser
import PortrunBase
import PortrunKit

struct DaemonStopCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "End the daemon.",
        usage: "portrun daemon stop [<options>]",
        discussion: """
            What it is being asked for is answered first. One that does not answer gets the signal, too. Exits with 1 when none runs.

            EXAMPLES
              portrun daemon stop
            """)

    @OptionGroup var selection: DaemonSelection

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let (client, place) = try selection.client(in: system)
        // Who has the lock is the daemon, even if it does not answer. One of an older version tells its number itself.
        let holder = SilentDaemon(at: place)
        if let holder, holder.pid == 0 { throw DaemonCommandError.outOfReach(holder) }
        guard let pid = holder?.pid ?? client.daemon()?.pid else {
            if !quiet { Report.notice("no daemon runs") }
            return 1
        }
        guard kill(pid, SIGTERM) == 0 || errno == ESRCH else {
            throw DaemonCommandError.cannotStop(pid: pid, code: errno)
        }
        guard try DaemonEnd.isReached(at: place, within: .seconds(15)) else {
            throw DaemonCommandError.goesOn(pid: pid)
        }
        if !quiet { Report.notice("the daemon with the pid \(pid) has ended") }
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
