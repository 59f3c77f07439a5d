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
        let output = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw .failed(path: log, code: errno) }
        defer { close(output) }
        Self.keepDescriptors()
        let actions = UnsafeMutablePointer<CapturedProgram.FileActions>.allocate(capacity: 1)
        let attributes = UnsafeMutablePointer<CapturedProgram.Attributes>.allocate(capacity: 1)
        defer {
            actions.deallocate()
            attributes.deallocate()
        }
        posix_spawn_file_actions_init(actions)
        posix_spawnattr_init(attributes)
        defer {
            posix_spawn_file_actions_destroy(actions)
            posix_spawnattr_destroy(attributes)
        }
        posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(actions, output, STDERR_FILENO)
        posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(attributes, &none)
        // Whatever this process ignores, such as SIGHUP under nohup(1), is this process's affair.
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(attributes, &all)
        posix_spawnattr_setflags(
            attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | Self.sessionFlag))
        let argv = arguments.map { strdup($0) } + [nil]
        let variables = environment.entries.map { entry in
            (entry + [0]).withUnsafeBytes { strdup($0.bindMemory(to: CChar.self).baseAddress!) }
        }
        defer { (argv + variables).forEach { free($0) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, path, actions, attributes, argv, variables + [nil])
        guard code == 0 else { throw .failed(path: path, code: code) }
        pid = child
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
