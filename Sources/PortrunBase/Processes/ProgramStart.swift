/// A program that is started beside this process, with an empty signal mask: posix_spawn(3).
package struct ProgramStart {
    private let executable: [UInt8]
    private let environment: Environment
    private let place: Place

    /// What of this process the program shares.
    package enum Place: Sendable {
        case group
        /// Keys of the terminal do not reach it then.
        case ownGroup
        /// It goes on without this process. Whatever this one ignores, such as SIGHUP under nohup(1), is this one's affair.
        case ownSession
    }

    /// - Parameter executable: its path.
    package init(_ executable: [UInt8], _ environment: Environment, in place: Place) {
        self.executable = executable
        self.environment = environment
        self.place = place
    }

    /// - Parameters:
    ///   - arguments: the name that the program is told it has, then its arguments.
    ///   - describe: says which descriptors it has; all that are not close-on-exec otherwise.
    /// - Returns: its pid; nil when it could not be started, with errno set.
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
        if case .ownSession = place { sigfillset(&expected) }
        posix_spawnattr_setsigdefault(attributes, &expected)
        posix_spawnattr_setpgroup(attributes, 0)
        let apart: Int32 =
            switch place {
            case .group: 0
            case .ownGroup: Int32(POSIX_SPAWN_SETPGROUP)
            case .ownSession: Self.sessionFlag
            }
        posix_spawnattr_setflags(
            attributes, Int16(Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | apart))

        let argv = arguments.map { Self.copy($0) } + [nil]
        let environ = environment.entries.map { Self.copy($0) } + [nil]
        defer { (argv + environ).forEach { free($0) } }
        var child: pid_t = 0
        let code = executable.withCString { posix_spawn(&child, $0, actions, attributes, argv, environ) }
        guard code == 0 else {
            errno = code
            return nil
        }
        return child
    }

    private static func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar>? {
        (bytes + [0]).withUnsafeBytes { strdup($0.bindMemory(to: CChar.self).baseAddress!) }
    }
}
