import PortrunBase
import PortrunLaunch

extension Ending {
    /// What waitpid(2) reports of a process that has ended.
    init(waitStatus status: Int32) {
        self = status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .signalled(status & 0x7f)
    }
}
