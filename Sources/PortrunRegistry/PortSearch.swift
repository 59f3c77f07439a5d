import PortrunBase

/// Where a search for free ports has come to, for those that look for the same in one call.
///
/// What was passed over for one is in the way of the next one, too: begun anew for each of thousands of requests, a
/// search would take as many steps for each as there are bookings, while everybody waits. Not an element of an array,
/// the type of which each launch would make anew.
final class PortSearch {
    let range: PortRange
    private let count: Int
    private let transport: TransportProtocol
    private let isPaired: Bool
    private let avoided: AvoidedPorts.Extent?
    private let isDownward: Bool

    /// The next port to look at; nil when there is none left.
    var next: Port?
    /// Those that were passed over, but for booked ones.
    var refused = (busy: 0, blocked: 0)

    private let before: PortSearch?

    /// - Parameter isDownward: it begins at the end of `range`.
    init(in range: PortRange, _ wanted: WantedPorts, isDownward: Bool, before: PortSearch?) {
        self.range = range
        count = wanted.count
        transport = wanted.transport
        isPaired = wanted.partner != nil
        avoided = wanted.avoided?.extent
        self.isDownward = isDownward
        next = isDownward ? range.last : range.first
        self.before = before
    }

    /// This one or one before it that looks for the same. What it has passed over since it was about to be booked for somebody
    /// else is booked by now.
    func like(_ range: PortRange, _ wanted: WantedPorts, isDownward: Bool) -> PortSearch? {
        var search = PortSearch?.some(self)
        while let found = search {
            if found.range == range, found.count == wanted.count, found.transport == wanted.transport,
                found.isPaired == (wanted.partner != nil), found.avoided == wanted.avoided?.extent,
                found.isDownward == isDownward
            {
                return found
            }
            search = found.before
        }
        return nil
    }
}

extension Transaction {
    /// The next port of `range` from which on all are free that are looked for, after those that were found before.
    func nextFree(
        in range: PortRange, _ wanted: WantedPorts, _ refused: inout (busy: Int, blocked: Int)
    ) throws -> Port? {
        let search = search(range, wanted, isDownward: false)
        defer { refused = (refused.busy + search.refused.busy, refused.blocked + search.refused.blocked) }
        guard let start = search.next, let rest = PortRange(start, range.last) else { return nil }
        let port = try firstFree(in: rest, wanted, &search.refused)
        search.next = port.flatMap { Port(Int($0.number) + wanted.count) }
        return port
    }

    /// Likewise from above down, so that blocks and the default range meet late.
    func nextFreeBelow(_ range: PortRange, _ wanted: WantedPorts) throws -> Port? {
        let search = search(range, wanted, isDownward: true)
        guard let end = search.next, let rest = PortRange(range.first, end) else { return nil }
        let port = try lastFree(in: rest, wanted)
        search.next = port.flatMap { Port(Int($0.number) - 1) }
        return port
    }

    private func search(_ range: PortRange, _ wanted: WantedPorts, isDownward: Bool) -> PortSearch {
        if let known = searches?.like(range, wanted, isDownward: isDownward) { return known }
        let search = PortSearch(in: range, wanted, isDownward: isDownward, before: searches)
        searches = search
        return search
    }
}
