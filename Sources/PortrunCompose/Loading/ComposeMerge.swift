import PortrunBase

/// Lays one compose document over another (https://docs.docker.com/reference/compose-file/merge/).
enum ComposeMerge {
    /// `later` over `earlier`: mappings by key, lists one after the other, anything else replaced; null replaces nothing.
    ///
    /// What a service may have as a list or a mapping (`environment`, `networks`) is merged as a mapping when files differ.
    /// - Parameter depth: how far below the top both are; 2 for services.
    static func merged(_ earlier: YAMLNode, _ later: YAMLNode, depth: Int = 0) -> YAMLNode {
        if later.isNull { return earlier }
        switch (earlier.content, later.content) {
        case (.sequence(let first), .sequence(let second)):
            return YAMLNode(.sequence(first + second), location: earlier.location)
        case (.mapping(var pairs), .mapping(let over)):
            // A table pays for itself only between large mappings.
            var table: [ExactString: Int]?
            if pairs.count > 30, over.count > 30 {
                table = Dictionary(pairs.enumerated().map { (ExactString($1.key), $0) }) { first, _ in first }
            }
            for pair in over {
                if let index = table.map({ $0[pair.key] }) ?? pairs.firstIndex(where: { $0.key == pair.key }) {
                    pairs[index].value = merged(pairs[index].value, pair.value, depth: depth + 1)
                } else {
                    pairs.append(pair)
                }
            }
            return YAMLNode(.mapping(pairs), location: earlier.location)
        case (.sequence(let elements), .mapping) where depth > 2:
            return mapping(of: elements).map { merged(YAMLNode($0, location: earlier.location), later, depth: depth) }
                ?? later
        case (.mapping, .sequence(let elements)) where depth > 2:
            return mapping(of: elements).map { merged(earlier, YAMLNode($0, location: later.location), depth: depth) }
                ?? later
        case (.scalar, _), (.sequence, _), (.mapping, _):
            return later
        }
    }

    /// `KEY=value` as a pair, `KEY` as one without a value; nil when an element is neither.
    private static func mapping(of elements: [YAMLNode]) -> YAMLNode.Content? {
        var pairs: [YAMLNode.Pair] = []
        for element in elements {
            guard let text = element.string else { return nil }
            let (key, rest) = text.parts(at: "=")
            var value = YAMLNode.Scalar(text: "", isPlain: true)
            if let rest {
                value = YAMLNode.Scalar(text: rest, isPlain: false, segments: element.scalar?.segments)
            }
            pairs.append(YAMLNode.Pair(key: key, value: YAMLNode(.scalar(value), location: element.location)))
        }
        return .mapping(pairs)
    }
}
