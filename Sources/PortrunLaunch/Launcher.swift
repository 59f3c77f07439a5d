import CLaunch
import PortrunBase

/// Runs commands in place of this process, or waits for those that a `GatedChild` runs.
///
/// The command gets the signal dispositions and the mask that `SignalState` captured, and otherwise whatever this
/// process has: descriptors, folder, limits, session, process group and terminal. Nothing here starts a thread.
package enum Launcher {
    /// Replaces this process by the command (`--exec`): its pid, and whatever signal comes, are the command's own.
    package static func replace(with command: Command, _ signals: SignalState) throws(LaunchError) -> Never {
        let image = CommandImage(command, signals, isForked: false)
        throw LaunchError(command: command, code: portrun_exec(image.image))
    }

    /// Waits until the child, whose gate is open, has ended, relays signals to it, and stops and continues with it.
    ///
    /// - Parameter listening: looks at where the child listens; nil for none.
    /// - Throws: When the command could not be executed, or was ended for where it listens; the child is reaped then as
    ///   well.
    package static func wait(
        for child: GatedChild, _ signals: SignalState, _ listening: ListeningWatch? = nil
    ) throws(LaunchError) -> Ending {
        var watch = ChildWatch(pid: child.pid, signals: signals, listening)
        let ending = watch.run()
        if let stray = watch.stray { throw .listensElsewhere(stray) }
        if let code = child.execFailure() { throw LaunchError(command: child.command, code: code) }
        return ending
    }
}
