import CLaunch

/// A forked child that waits until its lease is recorded, and runs the command then.
///
/// No command can run without a lease: if portrun dies while the gate is shut, even by SIGKILL, the child goes too.
/// What it will run need not be known yet when it is forked.
package final class GatedChild {
    package let pid: Int32
    /// What the gate was opened for; nil while it is shut.
    private(set) var command: Command?
    private var image: CommandImage
    /// The socket to the child; -1 when done with.
    private var channel: Int32 = -1

    /// Forks. No SQLite connection is open at this time, and no thread but this one runs.
    init() throws(LaunchError) {
        image = try CommandImage(isShared: true)
        pid = portrun_fork(image.image, &channel)
        guard pid > 0 else { throw .noChild(code: errno) }
    }

    deinit { closeChannel() }

    /// Lets the child exec. Whether it could is known when it ends, by `Launcher.wait`: waiting for it here would
    /// leave a shell without its prompt when Ctrl-Z stops the child just before its exec.
    ///
    /// - Parameter directory: where the command runs; nil for the folder of the fork.
    package func open(_ command: Command, _ signals: SignalState, in directory: String?) throws(LaunchError) {
        try image.fill(command, signals, directory: directory, isForked: true)
        self.command = command
        portrun_open_gate(image.image, channel)
    }

    /// Ends and reaps a child whose gate is still shut; it has done nothing yet.
    package func abandon() {
        guard command == nil else { return }
        kill(pid, SIGKILL)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        closeChannel()
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
