import PortrunBase
import PortrunKit
import PortrunRegistry

/// What the thread of an `EventWatch` does again and again: wait for a cause, look, tell what is different.
struct EventRound {
    private let host: DaemonHost
    private let watch: ChangeWatch
    private let subscribers: EventSubscribers
    /// Advances when something has happened.
    private let tick: Tick
    /// A connection of its own, which sees what all others write, this daemon's too; nil while nobody watches.
    private var registry: Registry?
    private var state: RegistryState?
    private var view: MachineView?
    private var statuses: [BookingStatus] = []
    private var listeners = ListenerLook()
    private var containers: [Container] = []
    /// A look has failed, or somebody else was writing when there was something to reap.
    private var (isStale, isReapingDue) = (false, false)
    /// How often it is still to be looked at, after something was written.
    private var rechecks = 0
    /// In milliseconds of the monotonic clock.
    private var (containersAt, heartbeatAt, lookedAt): (Int64, Int64, Int64) = (0, 0, 0)

    /// How often the kernel is asked who listens, in milliseconds.
    private static let listenerPause: Int32 = 80
    /// The log is written to a moment before its index says so, of which nobody is told: the registry is looked at again, that
    /// much later.
    private static let recheckPause: Int32 = 5
    /// How often the container engines are asked.
    private static let containerPause: Int64 = 2000
    /// How often something is sent, so that it becomes known who has gone.
    private static let heartbeatPause: Int64 = 15000
    /// However much is written, the next look comes that much later.
    private static let leastPause: Int64 = 10

    init(_ host: DaemonHost, _ watch: ChangeWatch, _ subscribers: EventSubscribers, _ tick: Tick) {
        self.host = host
        self.tick = tick
        self.watch = watch
        self.subscribers = subscribers
    }

    mutating func next() {
        guard !subscribers.isEmpty else {
            (registry, state, view) = (nil, nil, nil)
            watch.follow([])
            _ = watch.wait(milliseconds: -1)
            return
        }
        if view == nil { look() }
        if view != nil { subscribers.greet(": portrun\n\n") }
        let causes = watch.wait(milliseconds: rechecks > 0 ? Self.recheckPause : Self.listenerPause)
        rechecks = causes.hasFileChanged ? 3 : max(0, rechecks - 1)
        let now = MonotonicClock.milliseconds()
        if now - heartbeatAt >= Self.heartbeatPause {
            heartbeatAt = now
            subscribers.send(":\n\n")
        }
        let hasWritten = hasChanged()
        let areContainersDue = now - containersAt >= Self.containerPause
        if causes.hasProcessEnded { isReapingDue = true }
        guard
            hasWritten || causes.hasProcessEnded || isReapingDue || isStale || areContainersDue || isTimeNearlyOver
                || listeners.look(at: statuses)
        else { return }
        look()
        if isReapingDue {
            reap()
            look()
        }
    }

    /// Whether somebody has written to the registry since the last look.
    private mutating func hasChanged() -> Bool {
        let former = state
        state = registry?.state()
        return state == nil || state != former
    }

    /// The clocks that decide about the end of a time to live count whole seconds, and not the same ones.
    private var isTimeNearlyOver: Bool {
        guard let next = statuses.lazy.compactMap(\.expires).min() else { return false }
        return host.system().now >= next - 1
    }

    /// Looks at everything, and tells what has happened since the last look.
    private mutating func look() {
        let elapsed = MonotonicClock.milliseconds() - lookedAt
        if elapsed < Self.leastPause { poll(nil, 0, Int32(Self.leastPause - elapsed)) }
        do {
            let checkout = host.machine()
            let registry = try opened()
            state = registry.state()
            if MonotonicClock.milliseconds() - containersAt >= Self.containerPause {
                containers = checkout.runningContainers()
                containersAt = MonotonicClock.milliseconds()
            }
            let facts = checkout.facts()
            let (statuses, pids) = try checkout.look(in: registry, beside: containers) { reader, _ in
                let holders = try reader.allLeases().map(\.holder).filter { $0.pid > 0 && facts.isNumberedAlike($0) }
                return (try reader.status(), Set(holders.map(\.pid)))
            }
            self.statuses = statuses
            watch.follow(pids)
            _ = listeners.look(at: statuses)
            tell(MachineView(statuses.map { Observation(status: $0, listener: listeners.presence(at: $0)) }))
            isStale = false
        } catch {
            isStale = true
            // Nothing is ever told again: whoever asks anew is told why.
            if Self.isLasting(error) { subscribers.end() }
        }
        lookedAt = MonotonicClock.milliseconds()
    }

    /// Whether a registry that cannot be looked at stays so for this daemon.
    private static func isLasting(_ error: any Error) -> Bool {
        switch error as? RegistryError {
        case .newer, .foreign: true
        default: false
        }
    }

    private mutating func tell(_ now: MachineView) {
        // Nobody is told of what was there before.
        let events = view.map(now.events) ?? []
        // Who is told of them and asks for more gets no older answer.
        if !events.isEmpty { tick.advance() }
        for event in events { subscribers.send(event.frame) }
        view = now
    }

    /// Has leases end whose processes are dead, and what was booked for them alone. Where somebody else is writing, it is
    /// done a little later.
    private mutating func reap() {
        do {
            let registry = try opened()
            try registry.withoutWaiting {
                try registry.write(on: host.machine().facts()) { _ = try $0.reapDeadLeases(.all) }
            }
            isReapingDue = false
        } catch {
            isReapingDue = true
        }
    }

    private mutating func opened() throws -> Registry {
        if let registry { return registry }
        let tell = host.tell
        let opened = try Registry(at: host.location, now: host.system().now, isQuiet: true) { tell($0.text) }
        registry = opened
        return opened
    }
}
