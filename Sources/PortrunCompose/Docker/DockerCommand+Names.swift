import PortrunBase

extension DockerCommand {
    /// Puts the names that things have in a checkout into the words of the command.
    ///
    /// On a network of the checkout's own, a container stays known by the name that it would have had.
    /// - Parameters:
    ///   - changes: for each of `names`, nil to keep what is written.
    ///   - project: the compose project of the checkout.
    package func rename(_ changes: [OwnName?], for project: String, in arguments: inout [[UInt8]]) {
        var isOnOwnNetwork = false
        var labels: [(place: Int, project: String)] = []
        for (name, change) in zip(names, changes) {
            guard let change else { continue }
            let new = change.text(in: project)
            if name.isPartedByProject {
                labels.append((name.place.word + 1, new))
                continue
            }
            name.place.replace(by: name.isBareLink ? "\(new):\(name.text)" : new, in: &arguments)
            isOnOwnNetwork = isOnOwnNetwork || name.kind == .network
        }
        // A filter by the project itself parts the others, too.
        if !names.contains(where: { $0.kind == .project }) {
            for (place, project) in labels.reversed() where place <= arguments.count {
                arguments.insert(
                    contentsOf: ["--filter", Self.projectLabel + project].map { Array($0.utf8) }, at: place)
            }
        }
        // The words behind the image are the container's.
        guard isOnOwnNetwork, let givenName, let end = names.first(where: { $0.kind == .image })?.place.word,
            arguments.indices.contains(end)
        else { return }
        arguments.insert(contentsOf: ["--network-alias", givenName].map { Array($0.utf8) }, at: end)
    }

    /// Puts the numbers that a checkout has into the filters by a port of the machine's.
    ///
    /// - Parameter own: the number in the place of one that is written; nil to keep that.
    package func findPublished(_ own: (Port) -> Port?, in arguments: inout [[UInt8]]) {
        for name in names where name.kind == .published {
            if let port = Port(name.text), let own = own(port) {
                name.place.replace(by: own.description, in: &arguments)
            }
        }
    }

    /// True for a filter by a port of the machine's.
    package var findsPublished: Bool { names.contains { $0.kind == .published } }
}

extension DockerName {
    /// True for a filter that finds what other checkouts have as well.
    fileprivate var isPartedByProject: Bool {
        switch kind {
        case .service, .published, .exposed: true
        case .container, .volume, .network, .image, .project, .any: false
        }
    }
}
