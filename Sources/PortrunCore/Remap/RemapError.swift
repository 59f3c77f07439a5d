/// Why ports that a compose file fixes could not be moved.
package enum RemapError: ReportableError, Equatable {
    /// `program` is older than `!override`, or does not say how old it is: it would publish the old ports as well.
    case unsupported(program: String, version: ComposeVersion?)
    /// The override file cannot be written.
    case unwritable(FileError)

    package var message: String {
        switch self {
        case .unsupported(let program, let version?): "`\(program)` \(version) cannot have its ports moved"
        case .unsupported(let program, nil): "`\(program)` does not tell its version, so its ports cannot be moved"
        case .unwritable(let error): "cannot write the override file \(error.message)"
        }
    }

    package var hint: String? {
        switch self {
        case .unsupported:
            "compose \(ComposeVersion.firstWithOverride) or later knows `!override`; `PORTRUN=0` runs it unchanged"
        case .unwritable: nil
        }
    }
}
