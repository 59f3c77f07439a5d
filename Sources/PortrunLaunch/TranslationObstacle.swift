import CLaunch
import PortrunBase

/// Why a command cannot have its own localhost.
package enum TranslationObstacle: Sendable, Equatable {
    /// It takes Linux 5.9.
    case system
    case resources(code: Int32)
    /// The sockets of another process cannot be had: Yama's ptrace_scope, or the profile of a container.
    case access
    /// Somebody answers the system calls of this process: another portrun, or a sandbox.
    case nested
    /// The kernel takes no filter.
    case filter(code: Int32)
    /// The process that `--exec` makes the command of adopts orphans: it would find a child that it does not know.
    case adopter

    init(_ failure: portrun_failure) {
        switch failure.obstacle {
        case portrun_obstacle_system: self = .system
        case portrun_obstacle_access: self = .access
        case portrun_obstacle_nested: self = .nested
        case portrun_obstacle_filter: self = .filter(code: failure.code)
        case portrun_obstacle_adopter: self = .adopter
        case _: self = .resources(code: failure.code)
        }
    }

    package var message: String {
        switch self {
        case .system: "localhost cannot be translated on this system: that takes Linux 5.9"
        case .resources(let code): "localhost cannot be translated: \(String(cString: strerror(code)))"
        case .access: "localhost cannot be translated here: the sockets of other processes are out of reach"
        case .nested: "localhost is translated by a portrun outside, or a sandbox, already"
        case .filter(let code):
            "localhost cannot be translated: the filter is refused (\(String(cString: strerror(code))))"
        case .adopter:
            "localhost cannot be translated with `--exec` in a process that adopts orphans (pid 1, a subreaper)"
        }
    }

    package var hint: String? {
        switch self {
        case .access: "see /proc/sys/kernel/yama/ptrace_scope; in a container it takes `--cap-add SYS_PTRACE`"
        case .adopter: "leave `--exec` out"
        case .system, .resources, .nested, .filter: nil
        }
    }
}
