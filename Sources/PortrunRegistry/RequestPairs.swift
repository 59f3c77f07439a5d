import PortrunBase

/// The requests of a call that move together: a TCP and a UDP port that are declared with one number.
struct RequestPairs {
    /// For each request the first after it that is its partner, or -1.
    private var laterPartners: [Int] = []
    /// For each whether one before it is.
    private var hasEarlier: [Bool] = []

    /// Nothing is looked for where there is no UDP: then there are none.
    init(_ requests: [ServiceRequest]) {
        guard requests.contains(where: { $0.transport == .udp }) else { return }
        laterPartners = [Int](repeating: -1, count: requests.count)
        hasEarlier = [Bool](repeating: false, count: requests.count)
        // Of one number there are few, and of numbers there may be thousands.
        var order = requests.indices.filter { requests[$0].declared != nil }
        order.sort { left, right in
            (requests[left].declared?.number ?? 0, left) < (requests[right].declared?.number ?? 0, right)
        }
        for (place, index) in order.enumerated() {
            var other = place + 1
            while other < order.count, requests[order[other]].declared == requests[index].declared {
                let later = order[other]
                if laterPartners[index] < 0, requests[index].isPartner(of: requests[later]) {
                    laterPartners[index] = later
                }
                if !hasEarlier[later], requests[later].isPartner(of: requests[index]) { hasEarlier[later] = true }
                other += 1
            }
        }
    }

    /// The first after the request at `index` that moves together with it.
    func laterPartner(of index: Int) -> Int? {
        laterPartners.isEmpty || laterPartners[index] < 0 ? nil : laterPartners[index]
    }

    /// Whether one before it does.
    func hasEarlierPartner(_ index: Int) -> Bool { !hasEarlier.isEmpty && hasEarlier[index] }
}

extension ServiceRequest {
    /// Whether it has to have the same number as another one for the other transport.
    ///
    /// Not for what a command binds itself, nor where the two are demanded or fixed differently.
    fileprivate func isPartner(of other: ServiceRequest) -> Bool {
        other.transport != transport && declared != nil && !isExclusive && fixed == .remap
            && other.declared == declared && other.count == count && !other.isExclusive && other.fixed == .remap
            && (demand == nil || other.demand == nil || other.demand == demand)
    }
}
