import CLaunch

/// A forked child that waits until its lease is recorded, and runs the command then.
///
/// No command can run without a lease: if portrun dies while the gate is shut, even by SIGKILL, the child goes too.
package final class GatedChild {
    package let pid: Int32
    /// The child as its lease names it; exec changes nothing of it.
    package let holder: Holder
    let command: Command
    /// The socket to the child; -1 when done with.
    private var channel: Int32

    init(pid: Int32, holder: Holder, command: Command, channel: Int32) {
        self.pid = pid
        self.holder = holder
        self.command = command
        self.channel = channel
    }

    deinit { closeChannel() }

    /// Lets the child exec. Whether it could is known when it ends, by `Launcher.wait`: waiting for it here would
    /// leave a shell without its prompt when Ctrl-Z stops the child just before its exec.
    package func open() {
        var go: UInt8 = 1
        // Fails only when the child is gone, which waiting for it will tell; SIGPIPE is blocked.
        write(channel, &go, 1)
    }

    /// Ends and reaps the child; it has done nothing yet.
    package func abandon() {
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
