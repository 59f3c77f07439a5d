import PortrunBase

/// The terms on which requests are booked.
package struct BookingTerms: Sendable {
    /// Use the running command's exclusive port instead of the next slot, and take no declared port from an idle booking:
    /// nothing is about to be started that would be in its way.
    package var isShared = false
    /// Drop what is newly booked when its last lease ends.
    package var isEphemeral = false

    /// Keep what is booked even when something listens there: nothing is about to be started.
    package var isKeptWhileBusy = false

    /// The command makes the project's containers anew, so that a port which one of them listens on may move.
    package var isComposing = false

    /// Ports that are declared beside the requests, which nothing moves to.
    package var declaredBeside: [PortRange] = []

    /// Tells the ports that the project names elsewhere, which nothing moves to: a test database may be there. It may
    /// read files: it is asked when something moves, and nobody waits for the registry meanwhile.
    package var named: (@Sendable () -> [PortRange])?

    package init(isShared: Bool = false, isEphemeral: Bool = false, isKeptWhileBusy: Bool = false) {
        self.isShared = isShared
        self.isEphemeral = isEphemeral
        self.isKeptWhileBusy = isKeptWhileBusy
    }
}
