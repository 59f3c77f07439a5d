import CLaunch
import PortrunBase

/// A forked child that waits until its lease is recorded, and runs the command then.
///
/// No command can run without a lease: if portrun dies while the gate is shut, even by SIGKILL, the child goes too.
package final class GatedChild {
    package let pid: Int32
    let command: Command
    private let image: CommandImage
    private let signals: SignalState
    /// The socket to the child; -1 when done with.
    private var channel: Int32 = -1
    private var isOpen = false
    /// nil without a translation.
    let supervision: Supervision?
    /// What has stood in the way of the translation that was wanted.
    package let obstacle: TranslationObstacle?

    /// Forks. No thread but this one runs.
    ///
    /// An SQLite connection may be open: the child does nothing but wait and execute the command, and what it inherits
    /// of the connection, two descriptors and no lock (fcntl(2)), is closed by that.
    ///
    /// - Parameter translation: the command's own localhost; nil for that of the machine.
    package init(
        _ command: Command, _ signals: SignalState, _ translation: Translation? = nil
    ) throws(LaunchError) {
        self.command = command
        self.signals = signals
        image = CommandImage(command, signals, isForked: true)
        signals.holdEnding()
        var obstacle: TranslationObstacle?
        var channel: Int32 = -1
        if let translation, !translation.isIdle {
            do throws(TranslationFailure) {
                let supervision = try Supervision(translation)
                pid = try supervision.fork(image.image, &channel)
                self.supervision = supervision
                self.channel = channel
                self.obstacle = nil
                return
            } catch {
                if translation.mode == .on { throw .notTranslated(error.obstacle) }
                obstacle = error.obstacle
            }
        }
        supervision = nil
        self.obstacle = obstacle
        pid = portrun_fork(image.image, &channel)
        self.channel = channel
        guard pid > 0 else { throw .noChild(code: errno) }
    }

    deinit { closeChannel() }

    /// Lets the child exec. Whether it could is known when it ends, by `Launcher.wait`: waiting for it here would
    /// leave a shell without its prompt when Ctrl-Z stops the child just before its exec.
    package func open() {
        isOpen = true
        signals.relayEarlyKeys(to: pid)
        portrun_open_gate(channel)
    }

    /// Ends and reaps a child whose gate is still shut; it has done nothing yet.
    package func abandon() {
        guard !isOpen else { return }
        kill(pid, SIGKILL)
        if let supervision {
            // The command becomes a child of this process.
            kill(supervision.supervisor, SIGKILL)
            Self.reap(supervision.supervisor)
        }
        Self.reap(pid)
        closeChannel()
    }

    private static func reap(_ pid: Int32) {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    }

    /// The errno with which exec failed, or nil if it did not; to be asked when the child has ended.
    func execFailure() -> Int32? {
        var code: Int32 = 0
        let size = MemoryLayout<Int32>.size
        let count = recv(channel, &code, size, Int32(MSG_DONTWAIT))
        closeChannel()
        return count == size ? code : nil
    }

    private func closeChannel() {
        if channel >= 0 { close(channel) }
        channel = -1
    }
}
