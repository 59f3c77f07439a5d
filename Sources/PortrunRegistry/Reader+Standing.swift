import PortrunBase

extension ContextRecord {
    var checkout: CheckoutName { CheckoutName(path: path, identity: identity) }
}

extension Reader {
    /// The state of a checkout, found out without the registry's lock; `same`, where that does not become known.
    func standing(
        of checkout: CheckoutName, _ stillResolves: @escaping (_ path: String, _ identity: String) -> Bool
    ) throws(Unanswered) -> CheckoutStanding {
        if let known = answers.standings[checkout] { return known }
        try answers.ask { [answers] _ in
            if stillResolves(checkout.path, checkout.identity) {
                answers.standings[checkout] = .same
            } else {
                answers.standings[checkout] = FileSystem.isAbsent(checkout.path) ? .absent : .other
            }
        }
        return .same
    }
}
