import ArgumentParser
import PortrunBase
import PortrunKit

struct DaemonStopCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "End the daemon.",
        usage: "portrun daemon stop [<options>]",
        discussion: """
            What it is being asked for is answered first. One that is suspended goes on until it has ended, and one that has \
            not ended after 10 seconds is killed; the registry stays whole. Exits with 1 when none runs.

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
        let isForced = try DaemonEnd.bring(to: pid, at: place)
        if !quiet {
            Report.notice("the daemon with the pid \(pid) has ended\(isForced ? ": it was killed" : "")")
        }
        return 0
    }
}

/// The end of a daemon, by which its lock is free.
enum DaemonEnd {
    /// A daemon that is told to end leaves what it is being asked for 5 seconds.
    private static let patience = Duration.seconds(10)

    /// Has the daemon end with the number `pid`.
    ///
    /// - Returns: whether it had to be killed.
    /// - Throws: `DaemonCommandError.cannotStop`, `.goesOn`.
    static func bring(to pid: Int32, at place: DaemonPlace) throws -> Bool {
        guard kill(pid, SIGTERM) == 0 || errno == ESRCH else {
            throw DaemonCommandError.cannotStop(pid: pid, code: errno)
        }
        // One that is suspended gets no signal before this one.
        kill(pid, SIGCONT)
        if try isReached(at: place, within: patience) { return false }
        // Whoever has the lock at this moment is the daemon, and no other process that has its number by now.
        guard place.holder == pid, kill(pid, SIGKILL) == 0, try isReached(at: place, within: .seconds(5)) else {
            throw DaemonCommandError.goesOn(pid: pid)
        }
        return true
    }

    /// Waits for it.
    private static func isReached(at place: DaemonPlace, within patience: Duration) throws(FileError) -> Bool {
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
