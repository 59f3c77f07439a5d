import PortrunBase
import PortrunRegistry

extension PortRegistry {
    /// Books a port for each of these services of a checkout, all or none.
    ///
    /// A service that has a booking keeps it, even while something listens on its port. Another one gets the first of
    /// these that is free: the number that the environment gives its variable (`WEB_PORT` for `web`), the one that the
    /// project's files declare, the next one of its kind's range. A booking stays until it is released, or until its
    /// checkout is gone; ``lease(_:to:command:of:)`` holds it.
    ///
    /// - Parameters:
    ///   - services: names of 1 to 255 bytes, without control characters; one that comes twice is booked once.
    ///   - checkout: whose they are; its compose, env and package files are read.
    /// - Returns: one for each name, in their order.
    /// - Throws: ``PortrunError`` of the kinds ``PortrunError/Kind/argument``, ``PortrunError/Kind/exhausted``,
    ///   ``PortrunError/Kind/held`` and ``PortrunError/Kind/registry``; nothing is booked then.
    public func book(_ services: [String], for checkout: Checkout) throws(PortrunError) -> [BookedPort] {
        try PortrunError.wrapping {
            let names = try services.map { try ServiceName(library: $0) }
            // All files are read before the registry is locked.
            let plan = Plan(nil, in: checkout)
            var unique: [ServiceName] = []
            for name in names where !unique.contains(name) { unique.append(name) }
            var booked: [BookingStatus] = []
            let terms = BookingTerms(isShared: true, isKeptWhileBusy: true)
            _ = try plan.book(unique.map { plan.request(for: $0) }, in: registry, terms) { outcome, transaction, _ in
                booked = try transaction.status(of: outcome.bookings)
            }
            return names.compactMap { name in
                booked.first { $0.booking.service == name }.map(BookedPort.init)
            }
        }
    }

    /// The booking of one service of a checkout, or, where it has none, the name that
    /// ``register(_:port:note:from:)`` gave to a port of this machine. Nothing is booked.
    ///
    /// - Parameters:
    ///   - service: 1 to 255 bytes, without control characters.
    ///   - checkout: whose it is.
    /// - Returns: nil when there is neither.
    /// - Throws: ``PortrunError`` of the kinds ``PortrunError/Kind/argument`` and ``PortrunError/Kind/registry``.
    public func get(_ service: String, of checkout: Checkout) throws(PortrunError) -> BookedPort? {
        try PortrunError.wrapping {
            let name = try ServiceName(library: service)
            return try checkout.look(in: registry) { reader, record in
                guard let booking = try checkout.booking(of: name, reader, record) else { return nil }
                return try reader.status(of: [booking]).first.map(BookedPort.init)
            }
        }
    }

    /// Every booking on this machine, ordered by label and port.
    ///
    /// - Parameter checkout: of which the caller asks; its bookings are in the list like all others.
    /// - Throws: ``PortrunError`` of the kind ``PortrunError/Kind/registry``.
    public func list(from checkout: Checkout) throws(PortrunError) -> [BookedPort] {
        try PortrunError.wrapping {
            try checkout.look(in: registry) { reader, _ in try reader.status().map(BookedPort.init) }
        }
    }

    /// Where a service runs: the live bookings of that name anywhere on this machine, the best one first.
    ///
    /// The order is: this checkout, other checkouts of its app, other checkouts of its repository, a registered name on
    /// whose port something listens, everything else. Container engines are asked which containers run, for 300 ms at
    /// most.
    ///
    /// - Parameters:
    ///   - service: 1 to 255 bytes, without control characters.
    ///   - checkout: of which the caller asks.
    /// - Returns: an empty list when it runs nowhere.
    /// - Throws: ``PortrunError`` of the kinds ``PortrunError/Kind/argument`` and ``PortrunError/Kind/registry``.
    public func lookUp(_ service: String, from checkout: Checkout) throws(PortrunError) -> [BookedPort] {
        try PortrunError.wrapping {
            try checkout.lookUp(
                ServiceName(library: service), in: registry, beside: checkout.runningContainers()
            ).map(BookedPort.init)
        }
    }

    /// The next free ports of the default range, which are not booked by this.
    ///
    /// Free is what nobody has booked and nothing listens on, and what neither the kernel hands out by itself nor
    /// browsers refuse.
    ///
    /// - Parameters:
    ///   - count: how many, at least 1.
    ///   - range: where to look, within 1 to 65535; nil for the default range, which `portrun config` shows.
    ///   - isUDP: look for UDP ports.
    ///   - checkout: says where the caller stands; ports of another network namespace do not count.
    /// - Returns: as many as were asked for, in ascending order; none where there are fewer.
    /// - Throws: ``PortrunError`` of the kinds ``PortrunError/Kind/argument`` and ``PortrunError/Kind/registry``.
    public func find(
        _ count: Int = 1, in range: ClosedRange<Int>? = nil, isUDP: Bool = false, from checkout: Checkout
    ) throws(PortrunError) -> [Int] {
        try PortrunError.wrapping {
            guard (1...65535).contains(count) else { throw PortrunError(argument: "not a number of ports: \(count)") }
            let wanted = try range.map { range in
                guard let first = Port(range.lowerBound), let last = Port(range.upperBound),
                    let ports = PortRange(first, last)
                else { throw PortrunError(argument: "not a range of ports: \(range)") }
                return ports
            }
            return try checkout.look(in: registry) { reader, _ in
                let search = FreePortSearch(
                    in: try wanted ?? reader.range(of: .other), count: count, isConsecutive: false, isUDP ? .udp : .tcp)
                return try reader.find(search).ports.map { Int($0.number) }
            }
        }
    }

    /// Gives back the bookings of these services of a checkout.
    ///
    /// Container engines are asked which containers run, for 300 ms at most.
    ///
    /// - Parameters:
    ///   - services: names of 1 to 255 bytes, without control characters; an empty list means all that it has.
    ///   - checkout: whose they are.
    /// - Returns: what was released, as it was before.
    /// - Throws: ``PortrunError`` of the kinds ``PortrunError/Kind/notFound``, ``PortrunError/Kind/held``,
    ///   ``PortrunError/Kind/argument`` and ``PortrunError/Kind/registry``; nothing is released then.
    @discardableResult
    public func release(_ services: [String] = [], of checkout: Checkout) throws(PortrunError) -> [BookedPort] {
        try PortrunError.wrapping {
            let names = try services.map { try ServiceName(library: $0) }
            return try checkout.release(.own(names), in: registry, beside: checkout.runningContainers())
                .map(BookedPort.init)
        }
    }

    /// Drops what is dead or gone on this machine: leases whose process is dead, bookings whose checkout or branch is
    /// gone, and the files and networks that portrun made for them.
    ///
    /// - Parameter checkout: says where the caller stands, and when.
    /// - Returns: one JSON object, the same that `portrun gc --json` has; `docs/json.md` says what its keys mean.
    /// - Throws: ``PortrunError`` of the kind ``PortrunError/Kind/registry``.
    @discardableResult
    public func collect(from checkout: Checkout) throws(PortrunError) -> String {
        try PortrunError.wrapping { try checkout.collect(registry).json.text }
    }
}

extension ServiceName {
    /// A name that a caller gives.
    init(library text: String) throws(PortrunError) {
        guard let name = ServiceName(text) else {
            throw PortrunError(argument: "not a service: `\(text)`")
        }
        self = name
    }
}

extension PortrunError {
    init(argument message: String) { self.init(kind: .argument, message: message, hint: nil, exitStatus: 64) }
}
