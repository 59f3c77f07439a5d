import PortrunBase

/// Why values could not be looked at.
package enum RewriteError: ReportableError, Equatable {
    /// A file that the user named.
    case envFile(FileError)

    package var message: String {
        switch self {
        case .envFile(let error): "cannot read \(error.message)"
        }
    }
}
