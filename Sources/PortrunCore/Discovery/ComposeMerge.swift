/// Lays one compose document over another (https://docs.docker.com/reference/compose-file/merge/).
enum ComposeMerge {
    /// `later` over `earlier`: mappings by key, lists one after the other, anything else replaced; null replaces nothing.
    static func merged(_ earlier: YAMLNode, _ later: YAMLNode) -> YAMLNode {
        if later.isNull { return earlier }
        switch (earlier.content, later.content) {
        case (.sequence(let first), .sequence(let second)):
            return YAMLNode(.sequence(first + second), location: earlier.location)
        case (.mapping(var pairs), .mapping(let over)):
            // A table pays for itself only between large mappings.
            var table: [String: Int]?
            if pairs.count > 30, over.count > 30 {
                table = Dictionary(pairs.enumerated().map { ($1.key, $0) }) { first, _ in first }
            }
            for pair in over {
                if let index = table.map({ $0[pair.key] }) ?? pairs.firstIndex(where: { $0.key == pair.key }) {
                    pairs[index].value = merged(pairs[index].value, pair.value)
                } else {
                    pairs.append(pair)
                }
            }
            return YAMLNode(.mapping(pairs), location: earlier.location)
        case (.scalar, _), (.sequence, _), (.mapping, _):
            return later
        }
    }
}
