/// A program that goes on without this process: in a session of its own, with nothing on its input, and what it prints in
/// a file.
package struct DetachedProgram: Sendable {
    package let pid: pid_t

    /// - Parameters:
    ///   - path: of the executable file.
    ///   - arguments: its name and its arguments.
    ///   - log: the file that gets what it prints; it is emptied first.
    /// - Throws: `FileError` when it cannot be started.
    package init(
        _ path: String, _ arguments: [String], environment: Environment, log: String
    ) throws(FileError) {
        let output = try Self.opened(log)
        defer { close(output) }
        Self.keepDescriptors()
        let start = ProgramStart(Array(path.utf8), environment, in: .ownSession)
        let child = start.spawn(arguments.map { Array($0.utf8) }) { actions in
            posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO)
            posix_spawn_file_actions_adddup2(actions, output, STDERR_FILENO)
            posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        guard let child else { throw .failed(path: path, code: errno) }
        pid = child
    }

    /// A file to print to, which may be /dev/null. A FIFO would wait for its reader, or stop the program when it is full.
    private static func opened(_ log: String) throws(FileError) -> Int32 {
        let output = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
        // ENXIO: a FIFO without a reader, or a socket.
        guard output >= 0 else { throw errno == ENXIO ? .notAFile(path: log) : .failed(path: log, code: errno) }
        var status = stat()
        guard fstat(output, &status) == 0, [S_IFREG, S_IFCHR].contains(status.st_mode & S_IFMT) else {
            close(output)
            throw .notAFile(path: log)
        }
        // The program inherits it.
        _ = fcntl(output, F_SETFL, 0)
        return output
    }

    /// Whoever waits for the end of a pipe that this process has inherited shall not wait for the program, too.
    private static func keepDescriptors() {
        for name in FileSystem.names(in: "/dev/fd") ?? [] {
            guard let descriptor = Int32(name), descriptor > STDERR_FILENO else { continue }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    /// How it has ended: its exit status, or 128 and the signal's number; nil while it runs.
    package func ending() -> Int32? {
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }
}
