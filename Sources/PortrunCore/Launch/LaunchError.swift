/// Why a command could not be started.
package enum LaunchError: ReportableError, Equatable {
    /// No such file, in `PATH` or at the path given.
    case notFound(command: String)
    /// A file is there and execve(2) refused it with `code` (an errno value).
    case notExecutable(command: String, code: Int32)
    /// The system has no process, descriptor or memory left for a child.
    case noChild(code: Int32)

    package var message: String {
        switch self {
        case .notFound(let command) where command.contains("/"): "`\(command)`: no such file or directory"
        case .notFound(let command): "`\(command)`: command not found"
        case .notExecutable(let command, let code): "`\(command)`: \(Self.description(of: code))"
        case .noChild(let code): "cannot start a process: \(Self.description(of: code))"
        }
    }

    package var hint: String? {
        switch self {
        case .notExecutable(_, E2BIG): "the arguments and the environment together are too long"
        case .notExecutable(_, EACCES): "it may lack execute permission (`chmod +x`)"
        case .notFound, .notExecutable, .noChild: nil
        }
    }

    /// As a shell has it (env(1), «Exit status»).
    package var exitStatus: Int32 {
        switch self {
        case .notFound: 127
        case .notExecutable: 126
        case .noChild: 125
        }
    }

    init(command: Command, code: Int32) {
        self =
            code == ENOENT
            ? .notFound(command: command.name) : .notExecutable(command: command.name, code: code)
    }

    private static func description(of code: Int32) -> String {
        let text = String(cString: strerror(code))
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
