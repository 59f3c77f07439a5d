import PortrunBase
import PortrunKit
import PortrunRegistry

/// Has a daemon run in the background.
struct DaemonStarter {
    let selection: DaemonSelection
    /// What it is told of doors, where it has to be started.
    let doors: [String]

    /// The arguments of the daemon, its name first.
    func arguments(in system: System) throws(RegistryError) -> [String] {
        ["portrund", "--registry", try selection.location(in: system).path] + doors
    }

    /// The daemon that runs, or that has been started.
    ///
    /// - Returns: the daemon, and whether it was started by this.
    /// - Throws: `DaemonCommandError`; `DaemonEndedError`.
    func running(in system: System, isQuiet: Bool) throws -> (daemon: RunningDaemon, isNew: Bool) {
        let registry = try selection.location(in: system).path
        let (client, place) = try selection.client(in: system)
        func checked(_ daemon: RunningDaemon, isNew: Bool) throws(DaemonCommandError) -> (RunningDaemon, Bool) {
            guard daemon.registry == registry else { throw .serves(registry: daemon.registry, pid: daemon.pid) }
            return (daemon, isNew)
        }
        // The folder may be missing yet, and another one may have been started at the same moment.
        if let running = try DaemonAnswer.of(place, client, within: .seconds(4)) {
            return try checked(running, isNew: false)
        }
        let program = try DaemonProgramFile.find(in: system)
        _ = try Checkout(Selection(registry: selection.registry), system).openRegistry(isQuiet: isQuiet)
        let child = try Self.detached(program, try arguments(in: system), place, system)
        let deadline = Deadline(after: .seconds(15))
        while true {
            if let running = client.daemon(within: .seconds(1)) {
                return try checked(running, isNew: running.pid == child.pid)
            }
            if let status = child.ending() {
                // Another one that was started at the same moment may have been faster.
                if let running = try DaemonAnswer.ofHolder(of: place, client, within: .seconds(12)) {
                    return try checked(running, isNew: false)
                }
                throw DaemonEndedError(status: status, log: place.log)
            }
            guard deadline.milliseconds > 0 else { throw DaemonCommandError.silent(pid: child.pid, log: place.log) }
            poll(nil, 0, 2)
        }
    }

    private static func detached(
        _ program: String, _ arguments: [String], _ place: DaemonPlace, _ system: System
    ) throws(DaemonCommandError) -> DetachedProgram {
        do throws(FileError) {
            return try DetachedProgram(program, arguments, environment: system.environment, log: place.log)
        } catch {
            throw .cannotStart(program: program, error)
        }
    }
}
