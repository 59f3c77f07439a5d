import PortrunBase
import PortrunCompose

extension BookingPlan {
    /// The ports booked for each of the `declared` ports that the plan was made from.
    ///
    /// One port for each, but where one of them is a range to choose from: a range.
    /// - Parameter booked: one for each request, nil where there is none.
    package func byEntry(_ booked: [PortRange?], _ declared: [DeclaredPort]) -> [PortRange?] {
        var indices = [Int](repeating: -1, count: declared.count)
        for (index, request) in requests.enumerated() {
            if let entry = request.entry { indices[entry] = index }
        }
        var ranges = [PortRange?](repeating: nil, count: declared.count)
        for (entry, leader) in leaders.enumerated() where leader >= 0 {
            let index = indices[leader]
            guard let block = booked[index] else { continue }
            let request = requests[index]
            guard request.count > 1, let first = request.declared, let part = declared[entry].published.range else {
                ranges[entry] = PortRange(block.first)
                continue
            }
            let offset = Int(part.first.number) - Int(first.number)
            ranges[entry] = Port(Int(block.first.number) + offset).flatMap { PortRange($0, count: part.count) }
        }
        return ranges
    }

    /// The port booked for a service; of a service that has one for TCP and one for UDP, TCP's.
    ///
    /// Where the project keeps a port that somebody has, it is that one.
    package func port(of service: ServiceName, _ booked: [PortRange?]) -> Port? {
        let index =
            requests.firstIndex { $0.service == service && $0.transport == .tcp }
            ?? requests.firstIndex { $0.service == service }
        return index.flatMap { booked[$0]?.first ?? (requests[$0].fixed == .remap ? nil : requests[$0].declared) }
    }

    /// Requests what an entry publishes, by itself or as part of an earlier request.
    mutating func add(
        _ port: DeclaredPort, _ entry: Int, _ range: PortRange, of declared: [DeclaredPort], _ fixed: FixedPortPolicy,
        _ names: inout ServicePlaces, _ twins: inout TwinPorts
    ) {
        if let twin = twins.leader(of: port, range) {
            leaders[entry] = twin
        } else if port.isContinued, let last = requests.last, let first = last.declared, entry > 0,
            leaders[entry - 1] == last.entry, declared[entry - 1].service == port.service,
            last.transport == port.transport, Int(first.number) + last.count == Int(range.first.number)
        {
            requests[requests.count - 1].count += 1
            leaders[entry] = leaders[entry - 1]
            twins.note(port, range, leader: leaders[entry])
        } else if var request = request(for: port, entry, declared: range, names) {
            request.count = range.count
            request.fixed = port.feedsOnlyHostPort ? .remap : fixed
            append(request, entry, &names)
            twins.note(port, range, leader: entry)
        }
    }

    /// Notes which of the `declared` ports are those of services that linked worktrees use of the main one's.
    mutating func lend(_ names: [String], of declared: [DeclaredPort]) {
        for index in names.isEmpty ? 0..<0 : requests.indices {
            guard let entry = requests[index].entry else { continue }
            requests[index].isLent = names.contains(declared[entry].service)
        }
    }

    /// Requests a port for each entry that names only the container's.
    ///
    /// Not for a range, and not where several containers would want the one port.
    mutating func addBare(_ declared: [DeclaredPort], _ names: inout ServicePlaces) {
        for (entry, port) in declared.enumerated()
        where port.isActive && port.published == .chosenByDocker && port.replicas <= 1 {
            let isRange = port.isContinued || (entry + 1 < declared.count && declared[entry + 1].isContinued)
            guard !isRange, let request = request(for: port, entry, declared: nil, names) else { continue }
            append(request, entry, &names)
        }
    }

    /// - Parameter names: where the requests so far are, once they are many.
    private mutating func append(_ request: ServiceRequest, _ entry: Int, _ names: inout ServicePlaces) {
        requests.append(request)
        leaders[entry] = entry
        if requests.count == ServicePlaces.few + 1 {
            for index in requests.indices { names.note(index, of: requests[index].service, requests[index].transport) }
        } else if requests.count > ServicePlaces.few {
            names.note(requests.count - 1, of: request.service, request.transport)
        }
    }

    private func has(_ service: ServiceName, _ transport: TransportProtocol, _ names: ServicePlaces) -> Bool {
        if requests.count > ServicePlaces.few { return names.place(of: service, transport) != nil }
        for index in requests.indices where requests[index].transport == transport {
            if requests[index].service == service { return true }
        }
        return false
    }

    /// The request for a declared port, under a name that no other one has; nil for what portrun does not book.
    private func request(
        for port: DeclaredPort, _ entry: Int, declared range: PortRange?, _ names: ServicePlaces
    ) -> ServiceRequest? {
        guard let transport = port.transport, let service = ServiceName(port.service) else { return nil }
        var request = ServiceRequest(service, kind: port.kind)
        request.transport = transport
        request.target = Port(port.target)
        request.declared = range?.first
        request.entry = entry
        request.variable = port.feedsOnlyHostPort ? port.variable : nil
        for suffix in [nil, port.target, range.map { Int($0.first.number) }] {
            request.service = suffix.map(service.appending) ?? service
            if !has(request.service, transport, names) { return request }
        }
        return nil
    }
}
