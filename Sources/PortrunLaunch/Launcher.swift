import CLaunch
import PortrunBase

/// Runs commands in place of this process, or waits for those that a `GatedChild` runs.
///
/// The command gets the signal dispositions and the mask that `SignalState` captured, and otherwise whatever this
/// process has: descriptors, folder, limits, session, process group and terminal. Nothing here starts a thread.
package enum Launcher {
    /// Replaces this process by the command (`--exec`): its pid, and whatever signal comes, are the command's own.
    ///
    /// - Parameters:
    ///   - translation: the command's own localhost; nil for that of the machine.
    ///   - otherwise: the command to run when that cannot be had.
    package static func replace(
        with command: Command, _ signals: SignalState, _ translation: Translation? = nil,
        otherwise: (TranslationObstacle) throws -> Command
    ) throws -> Never {
        // Nobody would be there to ask.
        if let translation, !translation.isIdle, !translation.entries.isEmpty {
            do throws(TranslationFailure) {
                try Supervision(translation).translateSelf()
            } catch {
                // After this one no command may run: it could connect to nothing.
                if case .resources = error.obstacle { throw LaunchError.notTranslated(error.obstacle) }
                if translation.mode == .on { throw LaunchError.notTranslated(error.obstacle) }
                try replace(with: try otherwise(error.obstacle), signals)
            }
        }
        try replace(with: command, signals)
    }

    /// Replaces this process by the command, on the localhost of the machine or on this process's own.
    package static func replace(with command: Command, _ signals: SignalState) throws(LaunchError) -> Never {
        let image = CommandImage(command, signals, isForked: false)
        throw LaunchError(command: command, code: portrun_exec(image.image))
    }

    /// Has the translated command around this process, if there is one, know what has been booked here.
    ///
    /// - Returns: false where nobody has heard it.
    package static func tellOfBookings() -> Bool { portrun_tell_news() }

    /// Waits until the child, whose gate is open, has ended, relays signals to it, and stops and continues with it.
    ///
    /// - Parameters:
    ///   - listening: looks at where the child listens; nil for none.
    ///   - answers: for the supervisor of a translated command.
    /// - Throws: When the command could not be executed, or was ended for where it listens; the child is reaped then as
    ///   well.
    package static func wait(
        for child: GatedChild, _ signals: SignalState, _ listening: ListeningWatch? = nil,
        _ answers: TranslationAnswers = TranslationAnswers()
    ) throws(LaunchError) -> Ending {
        var watch = ChildWatch(pid: child.pid, signals: signals, listening, child.supervision, answers)
        let ending = watch.run()
        if let stray = watch.stray { throw .listensElsewhere(stray) }
        if let code = child.execFailure() { throw LaunchError(command: child.command, code: code) }
        return ending
    }
}
