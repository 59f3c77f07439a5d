import PortrunBase
import PortrunLaunch

extension BoundSocket {
    /// The TCP sockets of the machine that wait on a port which a project may have chosen: not the kernel, nor a tool by its
    /// habit.
    static func onChosenPorts() -> [BoundSocket] {
        let ephemeral = EphemeralPorts.current()
        return (all(.tcp) ?? []).filter { !ephemeral.contains($0.port) && !PortExpectation.isOfTool($0.port) }
    }
}
