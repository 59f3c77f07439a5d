import PortrunBase

/// Why a compose project could not be read.
package enum DiscoveryError: ReportableError, Equatable {
    /// Something in a file; `line` is counted from 1, `file` as the user would name it.
    case invalid(file: String, line: Int?, ComposeProblem)
    case unreadable(FileError)
    case missingEnvFile(String)
    case notABoolean(variable: String, value: String)
    case missingFile(String)
    case invalidProjectName(String)
    case emptyProjectName
    case emptyProject(file: String)
    /// More than a look may take; `file` as the user would name it, nil where no one file is.
    case leftOut(file: String?, LookEnd)

    package var message: String {
        switch self {
        case .invalid(let file, let line?, let problem): "\(file):\(line): \(problem.message)"
        case .invalid(let file, nil, let problem): "\(file): \(problem.message)"
        case .unreadable(let error): error.message
        case .missingEnvFile(let file): "env file `\(file)` not found"
        case .notABoolean(let variable, let value): "`\(variable)` is `\(value)`, neither true nor false"
        case .missingFile(let file): "compose file `\(file)` not found"
        case .invalidProjectName(let name): "invalid project name `\(name)`"
        case .emptyProjectName: "the project has no name that compose allows"
        case .emptyProject(let file): "\(file): empty compose file"
        case .leftOut(let file, let end): (file.map { "\($0): " } ?? "") + end.message
        }
    }

    package var hint: String? {
        switch self {
        case .invalid(_, _, .missingVariable(let name, _)):
            "set `\(name)` in the shell or in .env"
        case .invalidProjectName, .emptyProjectName:
            "a name has lower-case letters, digits, `-` and `_`, and starts with a letter or digit"
        case .invalid, .unreadable, .missingEnvFile, .notABoolean, .missingFile, .emptyProject, .leftOut: nil
        }
    }

    /// The same as a warning, for a reader that goes on with what it has.
    package var warning: Warning {
        switch self {
        case .invalid(let file, let line, let problem): Warning(file: file, line: line, problem.message)
        case .unreadable, .missingEnvFile, .notABoolean, .missingFile, .invalidProjectName, .emptyProjectName,
            .emptyProject, .leftOut:
            Warning(message)
        }
    }
}
