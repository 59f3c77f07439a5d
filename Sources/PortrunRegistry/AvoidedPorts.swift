import PortrunBase

/// Ports that a service which has to move stays away from, though they are free: somebody is likely to want them.
struct AvoidedPorts {
    private var ranges: [PortRange]
    private(set) var extent: Extent

    /// How much is avoided. In one call, those of the same extent avoid the same.
    enum Extent { case nothing, declared, usual, usualOfWeb, usualOfDebuggers }

    init(_ ranges: [PortRange]) { (self.ranges, extent) = (ranges, .declared) }

    private init() { (ranges, extent) = ([], .nothing) }

    /// Nothing is avoided.
    static let none = AvoidedPorts()

    /// What projects declare, what programs have by themselves, and for servers of the web the ports upward from 3000,
    /// which tools try one after the other; for inspectors those upward from 9229, which node's processes take.
    static func declared(_ declared: [PortRange], for kind: ServiceKind) -> AvoidedPorts {
        var avoided = AvoidedPorts(declared)
        avoided.extent = kind == .web ? .usualOfWeb : kind == .debug ? .usualOfDebuggers : .usual
        for number in usual {
            if let port = Port(number) { avoided.ranges.append(PortRange(port)) }
        }
        if kind == .web, let first = Port(3000), let last = Port(3100), let range = PortRange(first, last) {
            avoided.ranges.append(range)
        }
        if kind == .debug, let first = Port(9229), let last = Port(9239), let range = PortRange(first, last) {
            avoided.ranges.append(range)
        }
        return avoided
    }

    /// The last of the ports in the way of `ports`; nil for none.
    func last(in ports: PortRange) -> Port? {
        var last: Port?
        for range in ranges where range.overlaps(ports) {
            if last.map({ $0 < range.last }) ?? true { last = range.last }
        }
        return last
    }

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
