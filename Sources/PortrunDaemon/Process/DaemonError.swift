import PortrunBase

/// Why the daemon does not run.
package enum DaemonError: ReportableError, Equatable {
    /// Another one serves a registry of this folder.
    case runs(socket: String)
    case lock(FileError)

    package var message: String {
        switch self {
        case .runs(let socket): "another portrund serves `\(socket)`"
        case .lock(let error): "cannot lock \(error.message)"
        }
    }

    package var hint: String? {
        switch self {
        case .runs: "`portrun daemon status` tells of it; `portrun daemon stop` ends it"
        case .lock(.failed(_, ELOOP)), .lock(.failed(_, EISDIR)):
            "a link or a folder is there; remove it, then try again"
        case .lock: nil
        }
    }

    package var exitStatus: Int32 {
        switch self {
        case .runs: 1
        case .lock: 125
        }
    }
}
