import PortrunBase

/// The override file that lets a compose project run beside others: what it changes, and nothing else.
///
/// It is laid over the project's own files as the last one, by the rules of the Compose specification, «Merge and
/// override». Where those would append, a fragment has the tag `!override`.
package struct ComposeOverride: Sendable, Equatable {
    /// One key with what the override file says of it.
    struct Fragment: Sendable, Equatable {
        var key: String
        /// `!override`, or nil to merge with what earlier files say.
        var tag: String?
        var value: JSONValue
        /// The replacements for keys of `value`, which is an object then.
        var replaced = JSONValue.KeyValuePairs([])
    }

    /// A mapping of the file: a service, or a top-level section such as `volumes`.
    struct Block: Sendable, Equatable {
        var name: String
        var fragments: [Fragment] = []
        /// Where each key's fragment is, once there are many.
        var places: [ExactString: Int] = [:]
    }

    /// The project's services in its order, those without a fragment too.
    private(set) var services: [Block]
    /// Where each service is, when there are many.
    private let places: [ExactString: Int]
    /// Top-level sections beside `services`.
    private(set) var sections: [Block] = []

    /// An override that changes nothing yet.
    init(services names: [String]) {
        services = names.map { Block(name: $0) }
        places = names.count < Self.many ? [:] : Dictionary(of: names)
    }

    /// From so many on a table costs less than going through them.
    fileprivate static let many = 32

    var isEmpty: Bool {
        sections.isEmpty && services.allSatisfy { $0.fragments.isEmpty }
    }

    /// Says `value` of a service's `key`; what is said of it already is merged, as compose would.
    ///
    /// A name that is no service of the project is left out: compose would refuse the file.
    mutating func set(_ key: String, of service: String, to value: JSONValue, tag: String? = nil) {
        guard let index = place(of: service) else { return }
        services[index].set(Fragment(key: key, tag: tag, value: value))
    }

    /// Says `value` of a key of the mapping that is a service's `key`, in place of what earlier files say.
    mutating func replace(_ inner: String, in key: String, of service: String, by value: JSONValue) {
        guard let index = place(of: service) else { return }
        services[index].set(
            Fragment(key: key, tag: nil, value: .object([:]), replaced: JSONValue.KeyValuePairs([(inner, value)])))
    }

    private func place(of service: String) -> Int? {
        places.isEmpty ? services.firstIndex { $0.name == service } : places[service]
    }

    /// Says `value` of an entry of a top-level section, as `set(_:of:to:tag:)` does.
    mutating func set(_ name: String, in section: String, to value: JSONValue, tag: String? = nil) {
        let index = sections.firstIndex { $0.name == section } ?? sections.count
        if index == sections.count { sections.append(Block(name: section)) }
        sections[index].set(Fragment(key: name, tag: tag, value: value))
    }
}

extension ComposeOverride.Block {
    fileprivate mutating func set(_ fragment: ComposeOverride.Fragment) {
        guard let index = place(of: fragment.key) else {
            fragments.append(fragment)
            if fragments.count == ComposeOverride.many {
                places = Dictionary(of: fragments.map(\.key))
            } else if fragments.count > ComposeOverride.many {
                places[fragment.key] = fragments.count - 1
            }
            return
        }
        fragments[index].value = fragments[index].value.merged(with: fragment.value)
        fragments[index].tag = fragments[index].tag ?? fragment.tag
        fragments[index].replaced.pairs += fragment.replaced.pairs
    }

    private func place(of key: String) -> Int? {
        places.isEmpty ? fragments.firstIndex { $0.key == key } : places[key]
    }
}

extension JSONValue {
    /// Objects by key, arrays one after the other, anything else replaced.
    func merged(with later: JSONValue) -> JSONValue {
        switch (self, later) {
        case (.object(var object), .object(let over)):
            for pair in over.pairs {
                if let index = object.pairs.firstIndex(where: { $0.key == pair.key }) {
                    object.pairs[index].value = object.pairs[index].value.merged(with: pair.value)
                } else {
                    object.pairs.append(pair)
                }
            }
            return .object(object)
        case (.array(let first), .array(let second)):
            return .array(first + second)
        case (.null, _), (.boolean, _), (.integer, _), (.fraction, _), (.string, _), (.array, _), (.object, _):
            return later
        }
    }
}
