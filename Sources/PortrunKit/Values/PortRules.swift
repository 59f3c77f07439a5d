import PortrunBase

/// The rules for every port that a checkout's values may name.
package struct PortRules: Sendable, Equatable {
    private let rules: [PortRule]
    /// For each port from the first declared one to the last the place of its rule. Values may name ports by ten
    /// thousands, and each is looked up once here, however many services declare it.
    private let places: [Int32]
    private let first: Int

    /// The decision about a port that a value names.
    enum Verdict: Equatable {
        /// It is no port of this checkout, or has not moved.
        case stays
        case moves(to: Port, service: ServiceName)
        /// Several services declare it and are on different ports.
        case ambiguous
    }

    /// - Returns: nil when nothing has moved, and so no value has to be looked at.
    package init?(_ rules: [PortRule]) {
        var hasMove = false
        for rule in rules where rule.isMove { hasMove = true }
        guard hasMove else { return nil }
        // A value means the TCP port when a service has TCP and UDP ports with one number.
        let rules = rules.filter { rule in
            rule.transport == .tcp
                || !rules.contains {
                    $0.transport == .tcp && $0.service == rule.service && $0.declared.overlaps(rule.declared)
                }
        }
        var first = Int(UInt16.max)
        var last = 0
        for rule in rules {
            first = min(first, Int(rule.declared.first.number))
            last = max(last, Int(rule.declared.last.number))
        }
        var places = [Int32](repeating: Self.none, count: last - first + 1)
        for (place, rule) in rules.enumerated() {
            for number in rule.declared.first.number...rule.declared.last.number {
                let index = Int(number) - first
                let known = places[index]
                if known == Self.none {
                    places[index] = Int32(place)
                } else if known != Self.several, rules[Int(known)].offset != rule.offset {
                    places[index] = Self.several
                }
            }
        }
        (self.rules, self.places, self.first) = (rules, places, first)
    }

    func verdict(on port: Port) -> Verdict {
        let index = Int(port.number) - first
        guard places.indices.contains(index) else { return .stays }
        switch places[index] {
        case Self.none: return .stays
        case Self.several: return .ambiguous
        case let place:
            let rule = rules[Int(place)]
            guard let target = rule.target(of: port), target != port else { return .stays }
            return .moves(to: target, service: rule.service)
        }
    }

    /// The first of the services that declare `port`, in order.
    func services(of port: Port, limit: Int) -> [ServiceName] {
        var services: [ServiceName] = []
        for rule in rules where services.count < limit && rule.declared.contains(port) {
            if !services.contains(rule.service) { services.append(rule.service) }
        }
        return services
    }

    private static let none: Int32 = -1
    private static let several: Int32 = -2
}
