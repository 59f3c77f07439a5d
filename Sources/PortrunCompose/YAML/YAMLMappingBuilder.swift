import PortrunBase

/// Gathers the pairs of one YAML mapping: unique string keys, and what merge keys (`<<`) bring in.
///
/// A mapping's own keys win over merged ones, wherever the merge key stands, and of several merged mappings the
/// first wins (https://yaml.org/type/merge.html). A value that is marked `!reset` is none of its own: compose takes it
/// away before it looks at merge keys and at what is there twice (compose-go 2.0, loader/reset.go).
struct YAMLMappingBuilder: ~Copyable {
    private var pairs: [YAMLNode.Pair] = []
    private var lines: [UInt32] = []
    private var positions: [ExactString: Int] = [:]
    private var merged: YAMLNode?
    private var resets: [YAMLNode.Pair] = []

    var hasResets: Bool { !resets.isEmpty }

    init() {
        pairs.reserveCapacity(8)
        lines.reserveCapacity(8)
    }

    /// Below this many keys a look through all of them is faster than a table.
    private static let scanLimit = 12

    mutating func add(_ key: YAMLNode, _ value: YAMLNode) throws(ComposeFailure) {
        guard let scalar = key.scalar else { throw failure(key, .notAStringKey("…")) }
        guard case .string(let name) = key.value else { throw failure(key, .notAStringKey(scalar.text)) }
        if value.isReset {
            resets.append(YAMLNode.Pair(key: name, value: value))
            return
        }
        if name == "<<", scalar.isPlain {
            if let merged { throw failure(key, .duplicateKey("<<", firstLine: Int(merged.location.line))) }
            guard isMergeable(value) else { throw failure(value, .notMergeable) }
            merged = value
            // For the line that a second merge key's error names.
            merged?.location.line = key.location.line
            return
        }
        if let position = position(of: name) {
            throw failure(key, .duplicateKey(name, firstLine: Int(lines[position])))
        }
        append(YAMLNode.Pair(key: name, value: value), line: key.location.line)
    }

    /// The mapping's own pairs, after them those that only merge keys bring, and last those that are reset: their keys
    /// may be there before them.
    consuming func finished() -> [YAMLNode.Pair] {
        if let merged {
            for source in merged.elements ?? [merged] where !source.isReset {
                for pair in source.pairs ?? [] where position(of: pair.key) == nil {
                    append(pair, line: 0)
                }
            }
        }
        return resets.isEmpty ? pairs : pairs + resets
    }

    private func isMergeable(_ node: YAMLNode) -> Bool {
        node.pairs != nil || node.elements?.allSatisfy { $0.pairs != nil } ?? false
    }

    private func position(of key: String) -> Int? {
        pairs.count <= Self.scanLimit ? pairs.firstIndex { $0.key == key } : positions[key]
    }

    private mutating func append(_ pair: YAMLNode.Pair, line: UInt32) {
        pairs.append(pair)
        lines.append(line)
        if pairs.count == Self.scanLimit + 1 {
            for (position, pair) in pairs.enumerated() { positions[pair.key] = position }
        } else if pairs.count > Self.scanLimit {
            positions[pair.key] = pairs.count - 1
        }
    }

    private func failure(_ node: YAMLNode, _ problem: ComposeProblem) -> ComposeFailure {
        ComposeFailure(line: Int(node.location.line), problem: problem)
    }
}
