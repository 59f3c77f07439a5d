import PortrunBase

/// Ports that a service which has to move stays away from, though they are free: somebody is likely to want them.
///
/// Made once for all requests of a call: every known checkout's declared ports are in it.
final class AvoidedPorts {
    let extent: Extent
    private let transport: TransportProtocol
    private var marks = PortMarks()
    /// Where bookings start, or did when this was made.
    private var booked = PortMarks()
    private let before: AvoidedPorts?

    /// How much is avoided: what projects declare; what programs have by themselves, too; and for servers of the web the
    /// ports upward from 3000, which tools try one after the other, for inspectors those upward from 9229, which node's
    /// processes take.
    enum Extent {
        case declared, usual, usualOfWeb, usualOfDebuggers

        /// That for a service which has to move.
        init(moving kind: ServiceKind) {
            switch kind {
            case .web: self = .usualOfWeb
            case .debug: self = .usualOfDebuggers
            default: self = .usual
            }
        }

        fileprivate var triedInTurn: PortRange? {
            switch self {
            case .declared, .usual: nil
            case .usualOfWeb: Self.range(3000, 3100)
            case .usualOfDebuggers: Self.range(9229, 9239)
            }
        }

        private static func range(_ first: Int, _ last: Int) -> PortRange? {
            guard let first = Port(first), let last = Port(last) else { return nil }
            return PortRange(first, last)
        }
    }

    init(_ extent: Extent, _ transport: TransportProtocol, before: AvoidedPorts?) {
        self.extent = extent
        self.transport = transport
        self.before = before
        guard extent != .declared else { return }
        for number in Self.usual {
            if let port = Port(number) { add(PortRange(port)) }
        }
        if let ports = extent.triedInTurn { add(ports) }
    }

    func add(_ ports: PortRange) { marks.mark(ports) }

    /// Notes what is booked, for a search that need not ask for it: see `firstNotBooked`.
    func noteBooked(_ port: Port) { booked.mark(PortRange(port)) }

    /// The first port from `port` on at which no booking that was noted starts; one that is newer may. nil for none.
    func firstNotBooked(from port: Port) -> Port? { booked.firstMissing(from: port) }

    /// This one or one before it.
    func like(_ extent: Extent, _ transport: TransportProtocol) -> AvoidedPorts? {
        var avoided = AvoidedPorts?.some(self)
        while let found = avoided {
            if found.extent == extent, found.transport == transport { return found }
            avoided = found.before
        }
        return nil
    }

    /// The last of the ports in the way of `ports`; nil for none.
    func last(in ports: PortRange) -> Port? { marks.last(in: ports) }

    /// The ports that databases, brokers and development servers have unless they are told another one.
    private static let usual = [
        1080, 1234, 1313, 1337, 1433, 1521, 1883, 2181, 2222, 3000, 3306, 3333, 4000, 4200, 4222, 4321, 5000, 5001,
        5005,
        5173, 5174, 5432, 5601, 5671, 5672, 5678, 6006, 6379, 7000, 7474, 7687, 7700, 8000, 8001, 8025, 8080, 8081,
        8086,
        8088, 8123, 8181, 8200, 8222, 8443, 8500, 8501, 8787, 8888, 9000, 9001, 9090, 9091, 9092, 9093, 9200, 9229,
        9292,
        9300, 9411, 9418, 11211, 15672, 16379, 16686, 19006, 24678, 27017, 35729,
    ]
}
