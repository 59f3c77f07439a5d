import PortrunBase

/// A project's whole configuration as compose prints it, changed as an override file would change it.
///
/// For a compose that does not know `!override`: it gets this in place of the project's files.
struct WholeConfiguration {
    /// JSON, which is YAML. Values that compose prints have every `$` doubled already.
    let text: String

    /// - Parameter printed: what `config` has printed, as JSON, which is YAML.
    /// - Returns: nil when that is no configuration.
    init?(_ printed: String, changedBy override: ComposeOverride) {
        guard let documents = try? YAMLParser.documents(in: Array(printed.utf8), file: 0),
            case .object(var document)? = documents.first?.json
        else { return nil }
        Self.change("services", of: &document) { services in
            // A service of an inactive profile may be missing.
            for block in override.services where services.pairs.contains(where: { $0.key == block.name }) {
                Self.change(block.name, of: &services) { Self.lay(block.fragments, over: &$0) }
            }
        }
        for section in override.sections {
            Self.change(section.name, of: &document) { Self.lay(section.fragments, over: &$0) }
        }
        text = JSONValue.object(document).text + "\n"
    }

    /// Changes the object that is the value of `key`, an empty one where there is none.
    private static func change(
        _ key: String, of object: inout JSONValue.KeyValuePairs, _ body: (inout JSONValue.KeyValuePairs) -> Void
    ) {
        let index = object.pairs.firstIndex { $0.key == key } ?? object.pairs.count
        if index == object.pairs.count { object.pairs.append((key, .null)) }
        var value = JSONValue.KeyValuePairs([])
        if case .object(let present) = object.pairs[index].value { value = present }
        body(&value)
        object.pairs[index].value = .object(value)
    }

    /// Does what compose does with an override file: a tagged value replaces, any other is merged.
    private static func lay(_ fragments: [ComposeOverride.Fragment], over object: inout JSONValue.KeyValuePairs) {
        for fragment in fragments {
            let value = fragment.value.withDollarsDoubled
            let index = object.pairs.firstIndex { $0.key == fragment.key } ?? object.pairs.count
            if index == object.pairs.count {
                object.pairs.append((fragment.key, value))
            } else if fragment.tag != nil {
                object.pairs[index].value = value
            } else {
                object.pairs[index].value = object.pairs[index].value.merged(with: value)
            }
            guard !fragment.replaced.pairs.isEmpty else { continue }
            change(fragment.key, of: &object) { inner in
                for pair in fragment.replaced.pairs {
                    inner.pairs.removeAll { $0.key == pair.key }
                    inner.pairs.append((pair.key, pair.value.withDollarsDoubled))
                }
            }
        }
    }
}

extension JSONValue {
    fileprivate var withDollarsDoubled: JSONValue {
        switch self {
        case .string(let text):
            .string(String(decoding: text.utf8.flatMap { $0 == UInt8(ascii: "$") ? [$0, $0] : [$0] }, as: UTF8.self))
        case .array(let elements): .array(elements.map { $0.withDollarsDoubled })
        case .object(let object):
            .object(KeyValuePairs(object.pairs.map { ($0.key, $0.value.withDollarsDoubled) }))
        case .null, .boolean, .integer, .fraction: self
        }
    }
}
