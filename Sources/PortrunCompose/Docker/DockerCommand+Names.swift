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
        for (name, change) in zip(names, changes) {
            guard let change else { continue }
            let new = change.text(in: project)
            name.place.replace(by: name.isBareLink ? "\(new):\(name.text)" : new, in: &arguments)
            isOnOwnNetwork = isOnOwnNetwork || name.kind == .network
        }
        // The words behind the image are the container's.
        guard isOnOwnNetwork, let givenName, let end = names.first(where: { $0.kind == .image })?.place.word,
            arguments.indices.contains(end)
        else { return }
        arguments.insert(contentsOf: ["--network-alias", givenName].map { Array($0.utf8) }, at: end)
    }
}
