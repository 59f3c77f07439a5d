import PortrunBase
import PortrunKit
import PortrunRegistry

/// All bookings of the machine at one moment.
struct MachineView: Sendable {
    private(set) var observations: [Int64: Observation] = [:]

    init(_ observations: [Observation] = []) {
        for observation in observations { self.observations[observation.status.booking.id] = observation }
    }

    /// What has happened between an earlier view and this one, the oldest bookings first.
    func events(since earlier: MachineView) -> [DaemonEvent] {
        var gone = earlier.observations.filter { observations[$0.key] == nil }
        var events: [DaemonEvent] = []
        for (id, now) in observations.sorted(by: { $0.key < $1.key }) {
            // Booked anew under another number, in the place of one that has gone.
            let former = earlier.observations[id] ?? gone.values.first { $0.isSameService(as: now) }
            guard let former else {
                events.append(DaemonEvent(kind: .booked, observation: now))
                events += changes(to: now, wasLive: false, .nobody)
                continue
            }
            gone[former.status.booking.id] = nil
            let from = former.status.booking.port
            let hasMoved = from != now.status.booking.port
            if hasMoved { events.append(DaemonEvent(kind: .moved, observation: now, from: from)) }
            // Who listened on the old port does not count on the new one.
            events += changes(to: now, wasLive: former.isLive, hasMoved ? .nobody : former.listener)
        }
        let released = gone.values.sorted { $0.status.booking.id < $1.status.booking.id }
        return released.map { DaemonEvent(kind: .released, observation: $0) } + events
    }

    private func changes(
        to now: Observation, wasLive: Bool, _ before: Observation.Presence
    ) -> [DaemonEvent] {
        var events: [DaemonEvent] = []
        if now.isLive, !wasLive { events.append(DaemonEvent(kind: .live, observation: now)) }
        switch now.listener {
        case .nobody:
            if !now.isLive, wasLive || before != .nobody { events.append(DaemonEvent(kind: .idle, observation: now)) }
        // That it listens on, though its holder has gone, is told again.
        case .own:
            if before != .own || (wasLive && !now.isLive) {
                events.append(DaemonEvent(kind: .listening, observation: now))
            }
        case .stranger:
            if before != now.listener || (wasLive && !now.isLive) {
                events.append(DaemonEvent(kind: .stranger, observation: now))
            }
        }
        return events
    }
}
