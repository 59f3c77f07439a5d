import PortrunBase

/// Why a command could not be started.
package enum LaunchError: ReportableError, Equatable {
    /// No such file, in `PATH` or at the path given.
    case notFound(command: String)
    /// A script is there, but the interpreter that its first line names is not.
    case noInterpreter(command: String)
    /// A file is there and execve(2) refused it with `code` (an errno value).
    case notExecutable(command: String, code: Int32)
    /// The system has no process, descriptor or memory left for a child.
    case noChild(code: Int32)
    /// `--translate on` is not to be had.
    case notTranslated(TranslationObstacle)
    /// `--strict` has ended the command for where it listens.
    case listensElsewhere(StrayListener)

    package var message: String {
        switch self {
        case .notFound(let command) where command.contains("/"): "`\(command)`: no such file or directory"
        case .notFound(let command): "`\(command)`: command not found"
        case .noInterpreter(let command):
            "`\(command)`: the interpreter that its first line names does not exist"
        case .notExecutable(let command, let code): "`\(command)`: \(Self.description(of: code))"
        case .noChild(let code): "cannot start a process: \(Self.description(of: code))"
        case .notTranslated(let obstacle): obstacle.message
        case .listensElsewhere(let stray): stray.message
        }
    }

    package var hint: String? {
        switch self {
        case .notExecutable(_, E2BIG): "the arguments and the environment together are too long"
        case .notExecutable(_, EACCES): "it may lack execute permission (`chmod +x`)"
        case .notTranslated(let obstacle): obstacle.hint
        case .listensElsewhere(let stray): stray.hint
        case .notFound, .noInterpreter, .notExecutable, .noChild: nil
        }
    }

    /// As a shell has it (env(1), «Exit status»).
    package var exitStatus: Int32 {
        switch self {
        case .notFound, .noInterpreter: 127
        case .notExecutable: 126
        case .noChild, .notTranslated, .listensElsewhere: 125
        }
    }

    /// - Parameter code: The errno of execve(2), which says ENOENT of a script for its interpreter, too.
    package init(command: Command, code: Int32) {
        let name = command.name
        guard code == ENOENT else {
            self = .notExecutable(command: name, code: code)
            return
        }
        let isThere = command.candidates.contains { path in
            access(path.map { CChar(bitPattern: $0) } + [0], F_OK) == 0
        }
        self = isThere ? .noInterpreter(command: name) : .notFound(command: name)
    }

    private static func description(of code: Int32) -> String {
        let text = String(cString: strerror(code))
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
