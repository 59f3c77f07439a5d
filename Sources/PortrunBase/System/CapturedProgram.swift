/// A program that is run for what it prints.
///
/// Started by posix_spawn(3) with an empty signal mask, `/dev/null` as input and standard error unless it is to have
/// portrun's own, and the environment it is given.
package struct CapturedProgram {
    private let executable: String
    private let environment: Environment

    /// The program called `name`, looked up in `PATH`, or in `/usr/local/bin:/usr/bin:/bin` without one, unless it has
    /// a slash.
    ///
    /// - Returns: nil when there is none. Relative folders do not count: they would run what a project calls by that
    ///   name.
    package init?(_ name: String, environment: Environment) {
        let path = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        let candidates =
            name.contains("/")
            ? [name] : path.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
        let executable = candidates.first { FileSystem.kind(of: $0) == .file && access($0, X_OK) == 0 }
        guard let executable else { return nil }
        self.executable = executable
        self.environment = environment
    }

    /// The exit status, nil when it could not be started or was killed, and all it printed.
    ///
    /// - Parameters:
    ///   - arguments: the name that the program is told it has, then its arguments.
    ///   - isAttended: true to let it read and complain as portrun's command would.
    package func run(_ arguments: [String], isAttended: Bool = false) -> (status: Int32?, output: String) {
        run(arguments.map { Array($0.utf8) }, isAttended: isAttended)
    }

    /// Likewise, byte for byte.
    package func run(_ arguments: [[UInt8]], isAttended: Bool = false) -> (status: Int32?, output: String) {
        // With SIGCHLD ignored, which is inherited, a child leaves no status behind: wait(2).
        var ending = sigaction()
        var before = sigaction()
        sigaction(SIGCHLD, &ending, &before)
        defer { sigaction(SIGCHLD, &before, nil) }

        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return (nil, "") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let child = spawn(arguments, output: ends[1], isAttended: isAttended)
        close(ends[1])
        defer { close(ends[0]) }
        guard let child else { return (nil, "") }
        let output = Self.readToEnd(ends[0])
        return (Self.wait(for: child), String(decoding: output, as: UTF8.self))
    }

    private func spawn(_ arguments: [[UInt8]], output: Int32, isAttended: Bool) -> pid_t? {
        let actions = UnsafeMutablePointer<FileActions>.allocate(capacity: 1)
        let attributes = UnsafeMutablePointer<Attributes>.allocate(capacity: 1)
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
        // First the pipe: its end may be descriptor 2 when the caller had that closed.
        posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO)
        if !isAttended {
            posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        }
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(attributes, &mask)
        posix_spawnattr_setflags(attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        let argv = arguments.map { Self.copy($0) } + [nil]
        let environ = environment.entries.map { Self.copy($0) } + [nil]
        defer { (argv + environ).forEach { free($0) } }
        var child: pid_t = 0
        return posix_spawn(&child, executable, actions, attributes, argv, environ) == 0 ? child : nil
    }

    private static func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar>? {
        (bytes + [0]).withUnsafeBytes { strdup($0.bindMemory(to: CChar.self).baseAddress!) }
    }

    private static func readToEnd(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count > 0 { bytes += chunk[..<count] }
            if count == 0 || (count < 0 && errno != EINTR) { return bytes }
        }
    }

    private static func wait(for child: pid_t) -> Int32? {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { return nil }
        }
        // WIFEXITED and WEXITSTATUS, macros that Swift does not see.
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
    }
}
