/// A program that is started beside this process, with an empty signal mask: posix_spawn(3).
package struct ProgramStart {
    private let executable: [UInt8]
    private let environment: Environment
    private let hasOwnGroup: Bool

    /// - Parameters:
    ///   - executable: its path.
    ///   - hasOwnGroup: keys of the terminal do not reach it then.
    package init(_ executable: [UInt8], _ environment: Environment, hasOwnGroup: Bool) {
        self.executable = executable
        self.environment = environment
        self.hasOwnGroup = hasOwnGroup
    }

    /// - Parameters:
    ///   - arguments: the name that the program is told it has, then its arguments.
    ///   - describe: says which descriptors it has; all that are not close-on-exec otherwise.
    /// - Returns: its pid; nil when it could not be started.
    package func spawn(
        _ arguments: [[UInt8]], _ describe: (UnsafeMutablePointer<CapturedProgram.FileActions>) -> Void
    ) -> pid_t? {
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
        describe(actions)
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(attributes, &mask)
        // It has children to wait for itself.
        var expected = sigset_t()
        sigemptyset(&expected)
        sigaddset(&expected, SIGCHLD)
        posix_spawnattr_setsigdefault(attributes, &expected)
        posix_spawnattr_setpgroup(attributes, 0)
        posix_spawnattr_setflags(
            attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (hasOwnGroup ? POSIX_SPAWN_SETPGROUP : 0)))

        let argv = arguments.map { Self.copy($0) } + [nil]
        let environ = environment.entries.map { Self.copy($0) } + [nil]
        defer { (argv + environ).forEach { free($0) } }
        var child: pid_t = 0
        let code = executable.withCString { posix_spawn(&child, $0, actions, attributes, argv, environ) }
        return code == 0 ? child : nil
    }

    private static func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar>? {
        (bytes + [0]).withUnsafeBytes { strdup($0.bindMemory(to: CChar.self).baseAddress!) }
    }
}
