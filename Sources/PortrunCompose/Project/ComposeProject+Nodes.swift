import PortrunBase

extension ComposeProject {
    /// The services with what the files say of them, in order. One look through them: there may be thousands.
    var servicesWithNodes: [(service: ComposeService, node: YAMLNode)] {
        let pairs = document["services"]?.pairs ?? []
        let places = Dictionary(of: pairs.map(\.key))
        return services.compactMap { service in places[service.name].map { (service, pairs[$0].value) } }
    }
}

/// Ports of one entry that follow each other, on either side.
struct PublishedBlock {
    let service: String
    let isActive: Bool
    /// The first and last container port.
    var targets: ClosedRange<Int>
    /// nil when Docker chooses, and for what is no number.
    var published: PortRange?

    /// Those of `ports`, in order: an entry stands for thousands of ports, but a project has no thousands of entries.
    static func all(of ports: [DeclaredPort]) -> [PublishedBlock] {
        var blocks: [PublishedBlock] = []
        for port in ports {
            if port.isContinued, let last = blocks.indices.last, blocks[last].extend(by: port) { continue }
            blocks.append(
                PublishedBlock(
                    service: port.service, isActive: port.isActive, targets: port.target...port.target,
                    published: port.published.range))
        }
        return blocks
    }

    /// - Returns: false where `port` does not go on with it.
    private mutating func extend(by port: DeclaredPort) -> Bool {
        guard service == port.service, targets.upperBound + 1 == port.target else { return false }
        if let range = published {
            guard let next = port.published.range, Int(range.last.number) + 1 == Int(next.first.number),
                let whole = PortRange(range.first, next.last)
            else { return false }
            published = whole
        } else if port.published.range != nil {
            return false
        }
        targets = targets.lowerBound...port.target
        return true
    }
}
