import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch

/// Why a test could not go on.
enum HarnessError: Error, CustomStringConvertible {
    case system(call: String, code: Int32)
    /// What a test waited for has not happened within `Deadline.patience`.
    case missed(String, output: String, errors: String)

    var description: String {
        switch self {
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
        case .missed(let what, let output, let errors):
            "never saw \(what); output: \(output.debugDescription), errors: \(errors.debugDescription)"
        }
    }
}
