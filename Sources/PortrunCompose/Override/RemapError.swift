import PortrunBase

/// The reasons why ports that a compose file fixes could not be moved.
package enum RemapError: ReportableError, Equatable {
    /// `program` is older than `!override`, or does not say how old it is: it would publish the old ports as well.
    case unsupported(program: String, version: ComposeVersion?)
    /// `program` fails when it is asked for its version, as a docker or podman does that has no compose.
    case missing(program: String)
    /// Nobody has tried whether `program` understands an override file as compose does.
    case untried(program: String)
    /// `program` is old, and does not print the whole configuration of the project.
    case noConfiguration(program: String, version: ComposeVersion)
    /// The override file cannot be written.
    case unwritable(FileError)

    package var message: String {
        switch self {
        case .unsupported(let program, let version?): "`\(program)` \(version) cannot have its ports moved"
        case .unsupported(let program, nil): "`\(program)` does not tell its version, so its ports cannot be moved"
        case .missing(let program): "`\(program) version` fails, so its ports cannot be moved"
        case .untried(let program): "the ports of `\(program)` cannot be moved"
        case .noConfiguration(let program, let version):
            "`\(program)` \(version) does not print its configuration, so its ports cannot be moved"
        case .unwritable(.untrusted(let problem)): problem.message
        case .unwritable(let error): "cannot write the override file \(error.message)"
        }
    }

    package var hint: String? {
        switch self {
        case .unsupported, .untried, .noConfiguration:
            "compose 2.24.4 and podman-compose 1.4 know the `!override` that it takes; `PORTRUN=0` runs it unchanged"
        case .missing: "docker has compose as a plugin, podman from 4.7 on; `PORTRUN=0` runs the command unchanged"
        case .unwritable(.untrusted(let problem)): problem.hint
        case .unwritable: nil
        }
    }
}
