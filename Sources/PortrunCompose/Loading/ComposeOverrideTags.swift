import PortrunBase

/// The places in a document that `!reset` and `!override` mark: what earlier files have there is dropped.
///
/// https://docs.docker.com/reference/compose-file/merge/#reset-value
struct ComposeOverrideTags {
    private var paths: [[String]] = []

    /// Takes the marked places of `document` down, and out of it those that are reset.
    ///
    /// - Parameter isMarked: false when its file has no mark at all, as most have none.
    init(takenFrom document: inout YAMLNode, isMarked: Bool) {
        guard isMarked else { return }
        var path: [String] = []
        collect(&document, &path)
    }

    /// Drops the marked places from what earlier files made.
    ///
    /// - Parameter file: the one with the marks.
    func drop(from earlier: inout YAMLNode, _ look: Look, in file: String) {
        for path in paths {
            // Each is looked for among all that there is in its section.
            guard look.goesOn(after: earlier[path[0]]?.width ?? 0, in: file) else { return }
            Self.remove(path[...], from: &earlier)
        }
    }

    /// The same for one service, whose base an `extends` has found.
    func drop(from service: inout YAMLNode, named name: String, _ look: Look, in file: String) {
        guard look.goesOn(after: paths.count, in: file) else { return }
        for path in paths where path.count > 2 && path[0] == "services" && path[1] == name {
            guard look.goesOn(after: service.width, in: file) else { return }
            Self.remove(path[2...], from: &service)
        }
    }

    private mutating func collect(_ node: inout YAMLNode, _ path: inout [String]) {
        // A mark inside a list drops nothing in another file.
        if node.elements != nil { node = node.withoutResets }
        guard var pairs = node.pairs else { return }
        pairs.removeAll { pair in
            guard pair.value.isReset else { return false }
            paths.append(path + [pair.key])
            return true
        }
        for index in pairs.indices {
            path.append(pairs[index].key)
            if pairs[index].value.tag == "!override" {
                paths.append(path)
            } else {
                collect(&pairs[index].value, &path)
            }
            path.removeLast()
        }
        node.content = .mapping(pairs)
    }

    private static func remove(_ path: ArraySlice<String>, from node: inout YAMLNode) {
        guard let key = path.first else { return }
        if path.count == 1 {
            node[key] = nil
        } else if var child = node[key] {
            remove(path.dropFirst(), from: &child)
            node[key] = child
        }
    }
}
