import PortrunBase
import PortrunRegistry

extension ListeningProcess {
    /// True for a program that a command of the booking's checkout has started. Where the number was learned, whatever runs
    /// in that checkout's folder is one, too: it may have lost its parents, and its environment.
    package func isServer(of status: BookingStatus) -> Bool {
        let variable = "\(Overlay.contextVariable)=\(status.context.hash)"
        return status.booking.source == .learned
            ? belongs(to: status.context.path, having: variable)
            : wasStarted(in: status.context.path, having: variable)
    }
}
