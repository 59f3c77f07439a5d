import PortrunBase

/// One node of a YAML document, with its place in the source.
///
/// Aliases are expanded and merge keys applied; an alias's nodes keep the place of their anchor, so that two nodes
/// with one `location` are one text in the file.
struct YAMLNode: Sendable {
    var content: Content
    /// The tag as written (`!override`) or expanded (`tag:yaml.org,2002:str`); nil when there is none.
    var tag: String?
    var location: SourceLocation

    enum Content: Sendable {
        case scalar(Scalar)
        case sequence([YAMLNode])
        case mapping([Pair])
    }

    /// The text of a scalar, and whether quotes or a block style make it a string whatever it spells.
    struct Scalar: Sendable {
        var text: String
        var isPlain: Bool
        /// Which bytes of the text came from variables; nil when it had no `$`.
        var segments: [VariableSegment]?
    }

    struct Pair: Sendable {
        var key: String
        var value: YAMLNode
    }

    init(_ content: Content, tag: String? = nil, location: SourceLocation) {
        self.content = content
        self.tag = tag
        self.location = location
    }

    /// The value of `key` in a mapping; nil in anything else.
    subscript(key: String) -> YAMLNode? {
        get { pairs?.first { $0.key == key }?.value }
        set {
            guard case .mapping(var pairs) = content else { return }
            // Emptied first, so that the pairs are changed in place and not copied.
            content = .sequence([])
            if let index = pairs.firstIndex(where: { $0.key == key }) {
                if let newValue { pairs[index].value = newValue } else { pairs.remove(at: index) }
            } else if let newValue {
                pairs.append(Pair(key: key, value: newValue))
            }
            content = .mapping(pairs)
        }
    }

    var pairs: [Pair]? {
        if case .mapping(let pairs) = content { pairs } else { nil }
    }

    var elements: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    var scalar: Scalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// The value of a scalar; nil for a sequence or mapping.
    var value: YAMLScalarValue? {
        scalar.map { YAMLScalarValue($0.text, isPlain: $0.isPlain, tag: tag) }
    }

    /// The text of a scalar that stands for a string; nil for numbers, booleans, null and collections.
    var string: String? {
        if case .string(let text) = value { text } else { nil }
    }

    var isNull: Bool { value == .null }

    /// True for what compose takes out of the document again.
    var isReset: Bool { tag == "!reset" }

    /// Without what is reset in it, at any depth.
    var withoutResets: YAMLNode {
        var node = self
        switch content {
        case .scalar: break
        case .sequence(let elements):
            node.content = .sequence(elements.filter { !$0.isReset }.map(\.withoutResets))
        case .mapping(let pairs):
            let kept = pairs.filter { !$0.value.isReset }
            node.content = .mapping(kept.map { Pair(key: $0.key, value: $0.value.withoutResets) })
        }
        return node
    }

    /// The pairs or elements directly in it.
    var width: Int { pairs?.count ?? elements?.count ?? 0 }

    /// All that is in it, at any depth, and itself.
    var size: Int {
        switch content {
        case .scalar: 1
        case .sequence(let elements): elements.reduce(1) { $0 + $1.size }
        case .mapping(let pairs): pairs.reduce(1) { $0 + $1.value.size }
        }
    }

    /// True when both have the same content, wherever they stand.
    func hasSameContent(as other: YAMLNode) -> Bool {
        switch (content, other.content) {
        case (.scalar(let left), .scalar(let right)):
            left.text == right.text && left.isPlain == right.isPlain && tag == other.tag
        case (.sequence(let left), .sequence(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.hasSameContent(as: $1) }
        case (.mapping(let left), .mapping(let right)):
            left.count == right.count
                && left.allSatisfy { pair in
                    other[pair.key].map { pair.value.hasSameContent(as: $0) } ?? false
                }
        case (.scalar, _), (.sequence, _), (.mapping, _): false
        }
    }
}
