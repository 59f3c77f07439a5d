import PortrunBase

/// Why there is no portserver.
enum PortserverError: ReportableError, Equatable {
    case noPorts
    /// An errno value.
    case noDescriptors(code: Int32)
    /// For a command; likewise.
    case notStarted(code: Int32)

    var message: String {
        switch self {
        case .noPorts: "no ports to give"
        case .notStarted(let code): "cannot start a portserver: \(String(cString: strerror(code)))"
        case .noDescriptors(let code): "cannot wait for signals: \(String(cString: strerror(code)))"
        }
    }

    var hint: String? {
        switch self {
        case .noPorts: "name ranges within 1-65535: `--pool 15000-24999`"
        case .noDescriptors, .notStarted: nil
        }
    }

    var exitStatus: Int32 {
        switch self {
        case .noPorts: 1
        case .noDescriptors, .notStarted: 125
        }
    }
}
