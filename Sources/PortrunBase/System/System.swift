/// The system as a process finds it, read once when it starts.
///
/// Everything below takes these values as arguments and asks the process for nothing.
public struct System: Sendable {
    package var environment: Environment

    /// The physical working directory, as getcwd(3) gives it; nil when it was deleted or its path is not UTF-8.
    package var workingDirectory: String?

    /// `$HOME` when it is an absolute path. The user database is not asked: a static executable has none.
    package var home: String?

    package var isStandardErrorTerminal: Bool
    package var isStandardInputTerminal: Bool
    package var isStandardOutputTerminal: Bool

    /// Seconds since 1970, UTC.
    package var now: Int64

    /// Seconds since the start of the system, at the same moment.
    package var uptime: Int64

    package init(
        environment: Environment, workingDirectory: String?, isStandardErrorTerminal: Bool = false,
        isStandardInputTerminal: Bool = false, isStandardOutputTerminal: Bool = false, now: Int64,
        uptime: Int64 = Uptime.seconds()
    ) {
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.isStandardErrorTerminal = isStandardErrorTerminal
        self.isStandardInputTerminal = isStandardInputTerminal
        self.isStandardOutputTerminal = isStandardOutputTerminal
        self.now = now
        self.uptime = uptime
        home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }

    /// The system that a program which uses portrun as a library tells of.
    ///
    /// - Parameters:
    ///   - environment: variables with their values, `HOME`, `PATH` and `XDG_STATE_HOME` among them.
    ///   - workingDirectory: the absolute path of the folder that it speaks of, without links; nil when there is none.
    ///   - now: seconds since 1970, UTC.
    public init(environment: [String: String], workingDirectory: String?, now: Int64) {
        let entries = environment.sorted { $0.key < $1.key }.map { Array("\($0.key)=\($0.value)".utf8) }
        self.init(environment: Environment(entries: entries), workingDirectory: workingDirectory, now: now)
    }

    /// The system as this process finds it now: its environment, working directory, clock and terminals.
    public static func current() -> System {
        var entries: [[UInt8]] = []
        var entry = ProcessArguments.environment
        while let text = entry.pointee {
            entries.append(Array(UnsafeRawBufferPointer(start: text, count: strlen(text))))
            entry += 1
        }
        return System(
            environment: Environment(entries: entries), workingDirectory: currentDirectory(),
            isStandardErrorTerminal: isatty(STDERR_FILENO) == 1,
            isStandardInputTerminal: isatty(STDIN_FILENO) == 1,
            isStandardOutputTerminal: isatty(STDOUT_FILENO) == 1, now: Int64(time(nil)))
    }

    /// Reads the clocks again, for who goes on for long.
    package mutating func readClocks() {
        now = Int64(time(nil))
        uptime = Uptime.seconds()
    }

    /// The physical working directory again, after a change of it.
    package static func currentDirectory() -> String? {
        guard let path = getcwd(nil, 0) else { return nil }
        defer { free(path) }
        // A detached mount shows up as "(unreachable)/…": getcwd(3).
        return path.pointee == UInt8(ascii: "/") ? String(validatingCString: path) : nil
    }
}
