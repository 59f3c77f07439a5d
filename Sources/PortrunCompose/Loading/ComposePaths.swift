import PortrunBase

/// Makes paths in a document absolute before it is merged with documents of other folders.
enum ComposePaths {
    /// `document` with the env files of its services resolved; nothing else that is a path is looked at here.
    static func resolved(_ document: YAMLNode, in directory: String) -> YAMLNode {
        guard var services = document["services"], var pairs = services.pairs else { return document }
        var isChanged = false
        for index in pairs.indices {
            guard let files = pairs[index].value["env_file"] else { continue }
            pairs[index].value["env_file"] = resolved(files, directory)
            isChanged = true
        }
        guard isChanged else { return document }
        services.content = .mapping(pairs)
        var document = document
        document["services"] = services
        return document
    }

    /// A path, a list of paths, or mappings with one under `path`.
    private static func resolved(_ node: YAMLNode, _ directory: String) -> YAMLNode {
        switch node.content {
        case .scalar(var scalar):
            guard let path = node.string, !path.isEmpty else { return node }
            scalar.text = Path.absolute(path, in: directory)
            return YAMLNode(.scalar(scalar), tag: node.tag, location: node.location)
        case .sequence(let elements):
            let absolute = elements.map { resolved($0, directory) }
            return YAMLNode(.sequence(absolute), tag: node.tag, location: node.location)
        case .mapping:
            var node = node
            if let path = node["path"] { node["path"] = resolved(path, directory) }
            return node
        }
    }
}
