import PortrunBase

/// The questions that a transaction asks about the machine outside the registry.
///
/// They are closures, so that each is asked only when its answer decides something, and a test can answer itself.
package struct SystemFacts {
    /// The network namespace that ports are booked in; bookings of another one do not conflict.
    package var network: String
    /// Seconds since 1970.
    package var now: Int64
    /// Seconds since the start of the system.
    package var uptime: Int64
    /// True when something listens on the port; throws where the system does not tell.
    package var isBusy: (Port, TransportProtocol) throws(PortProbeError) -> Bool
    /// The numbers of all ports that something waits on; nil where the system does not tell them at once.
    package var busyPorts: (TransportProtocol) -> Set<UInt16>? = { _ in nil }
    /// True when the listener on the port is known not to be Docker or one of its kind.
    package var isStranger: (Port, TransportProtocol) -> Bool
    /// True when a program of the checkout that asks listens on the port.
    package var isOwn: (Port, TransportProtocol) -> Bool = { _, _ in false }
    /// True when a container of the checkout that asks publishes the port.
    package var isOwnContainers: (Port, TransportProtocol) -> Bool = { _, _ in false }
    /// The ports that the kernel hands out by itself.
    package var ephemeralPorts: () -> PortRange
    package var verdict: (Holder) -> HolderVerdict
    /// The pids of this process and of those it was started by, as they are seen from here.
    package var lineage: () -> Set<Int32>
    /// Whether a context's folder or branch is gone, so that its bookings may go too. It may take its time: nobody waits for
    /// the registry meanwhile.
    package var isGone: (ContextPlace) -> GoneReason?
    /// True where the holder's pid means the same process here as where it was recorded.
    package var isNumberedAlike: (Holder) -> Bool = { _ in true }
    /// How long a process has run at the most, in seconds; nil where no clock but the wall's tells.
    package var age: (Holder) -> Int64? = { _ in nil }
    /// The containers that are known to run. None at a launch: asking the engine would cost more than the launch.
    package var containers: [Container] = []

    package init(
        network: String, now: Int64, uptime: Int64,
        isBusy: @escaping (Port, TransportProtocol) throws(PortProbeError) -> Bool,
        isStranger: @escaping (Port, TransportProtocol) -> Bool, ephemeralPorts: @escaping () -> PortRange,
        verdict: @escaping (Holder) -> HolderVerdict, lineage: @escaping () -> Set<Int32>,
        isGone: @escaping (ContextPlace) -> GoneReason?
    ) {
        self.network = network
        self.now = now
        self.uptime = uptime
        self.isBusy = isBusy
        self.isStranger = isStranger
        self.ephemeralPorts = ephemeralPorts
        self.verdict = verdict
        self.lineage = lineage
        self.isGone = isGone
    }
}

/// Why a context has ended.
package enum GoneReason: String, Sendable {
    case path, branch
}
