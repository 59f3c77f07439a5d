import PortrunBase

/// The rules for every port that a checkout's values may name.
package struct PortRules: Sendable, Equatable {
    private let rules: [PortRule]

    /// The decision about a port that a value names.
    enum Verdict: Equatable {
        /// It is no port of this checkout, or has not moved.
        case stays
        case moves(to: Port, service: ServiceName)
        /// Several services declare it and are on different ports.
        case ambiguous([ServiceName])
    }

    /// - Returns: nil when nothing has moved, and so no value has to be looked at.
    package init?(_ rules: [PortRule]) {
        var hasMove = false
        for rule in rules where rule.isMove { hasMove = true }
        guard hasMove else { return nil }
        // A value means the TCP port when a service has TCP and UDP ports with one number.
        self.rules = rules.filter { rule in
            rule.transport == .tcp
                || !rules.contains {
                    $0.transport == .tcp && $0.service == rule.service && $0.declared.overlaps(rule.declared)
                }
        }
    }

    func verdict(on port: Port) -> Verdict {
        var found: (port: Port, service: ServiceName)?
        var services: [ServiceName] = []
        var isAmbiguous = false
        for rule in rules {
            guard let target = rule.target(of: port) else { continue }
            if let found, found.port != target { isAmbiguous = true }
            if found == nil { found = (target, rule.service) }
            if !services.contains(rule.service) { services.append(rule.service) }
        }
        if isAmbiguous { return .ambiguous(services) }
        guard let found, found.port != port else { return .stays }
        return .moves(to: found.port, service: found.service)
    }
}
