/// A program that portrun runs by itself, for what it prints.
///
/// Started by posix_spawn(3) with an empty signal mask and the environment it is given; `/dev/null` is its input and its
/// standard error, and its process group its own, unless it is to have portrun's. It has a time limit, always. A signal
/// that ends portrun meanwhile ends the program first.
package struct CapturedProgram {
    /// The programs that there may be; no file names another.
    package enum Tool: String, Sendable {
        case git, direnv, docker, podman, nerdctl
        case dockerCompose = "docker-compose"
        case podmanCompose = "podman-compose"
    }

    private let executable: [UInt8]
    private let environment: Environment

    /// More than this is no answer to anything.
    private static let outputLimit = 32 << 20

    /// `tool`, looked up in the absolute folders of `PATH`, or in `/usr/local/bin:/usr/bin:/bin` without one; nil when
    /// there is none.
    package init?(_ tool: Tool, environment: Environment) {
        let path = environment.bytes(of: "PATH").map { SearchPath($0) } ?? Self.path
        let candidates = path.absolute.candidates(for: Array(tool.rawValue.utf8))
        guard let executable = candidates.first(where: FileSystem.isExecutable) else { return nil }
        self.init(executable, environment: environment)
    }

    /// The file that the user's own command executes.
    package init(_ executable: [UInt8], environment: Environment) {
        self.executable = executable
        self.environment = environment
    }

    nonisolated(unsafe) private static var isAlone = false

    /// Lets a program be waited for where this process came to ignore its children; to be called before the first one is
    /// run, by a process that has no second thread. Another one's children are its own affair.
    package static func expectOneThread() { isAlone = true }

    private static let path = SearchPath(Array("/usr/local/bin:/usr/bin:/bin".utf8)[...])

    /// The exit status, nil when it could not be started, was killed or took too long, or somebody else was told of its
    /// end, and all it printed.
    ///
    /// - Parameters:
    ///   - arguments: the name that the program is told it has, then its arguments.
    ///   - deadline: when it is killed.
    ///   - isAttended: true to let it read and complain as portrun's command would.
    package func run(
        _ arguments: [String], until deadline: Deadline, isAttended: Bool = false
    ) -> (status: Int32?, output: String) {
        run(arguments.map { Array($0.utf8) }, until: deadline, isAttended: isAttended)
    }

    /// Likewise, byte for byte.
    package func run(
        _ arguments: [[UInt8]], until deadline: Deadline, isAttended: Bool = false
    ) -> (status: Int32?, output: String) {
        let children = Self.isAlone ? AwaitedChildren() : nil
        defer { children?.release() }
        let signals = HeldSignals()
        defer { signals.release() }

        guard let pipe = Pipe() else { return (nil, "") }
        let child = spawn(arguments, output: pipe.input, isAttended: isAttended)
        close(pipe.input)
        defer { close(pipe.output) }
        guard let child else { return (nil, "") }
        let patience = Patience(deadline: deadline, signals: signals)
        if let output = patience.readToEnd(pipe.output, limit: Self.outputLimit), let status = patience.wait(for: child)
        {
            // WIFEXITED and WEXITSTATUS, macros that Swift does not see.
            return (status & 0x7F == 0 ? (status >> 8) & 0xFF : nil, String(decoding: output, as: UTF8.self))
        }
        // What it has started itself goes too, where that can be told from what portrun's user has started.
        kill(isAttended ? child : -child, SIGKILL)
        while waitpid(child, nil, 0) < 0, errno == EINTR {}
        return (nil, "")
    }

    private func spawn(_ arguments: [[UInt8]], output: Int32, isAttended: Bool) -> pid_t? {
        // A group of its own takes no terminal from anybody, and asks nobody there.
        ProgramStart(executable, environment, in: isAttended ? .group : .ownGroup).spawn(arguments) { actions in
            // First the pipe: its end may be descriptor 2 when the caller had that closed.
            posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO)
            if !isAttended {
                posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
                posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
            }
        }
    }
}
