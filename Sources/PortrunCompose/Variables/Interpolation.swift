import PortrunBase

/// Replaces the variables in every value of a document; keys are left alone.
struct Interpolation {
    let environment: ComposeEnvironment
    private let look: Look
    /// The file that the document is in.
    private let path: String
    /// The variables in each scalar; what is there of an earlier reading stays.
    private(set) var uses: [SourceLocation: VariableNames]
    /// What could not be interpolated; its value is left empty.
    private(set) var failures: [(problem: ComposeProblem, location: SourceLocation)] = []

    init(
        environment: ComposeEnvironment, _ look: Look, _ path: String,
        uses: consuming [SourceLocation: VariableNames] = [:]
    ) {
        self.environment = environment
        self.look = look
        self.path = path
        self.uses = uses
    }

    /// Gives `node` with its variables replaced, and notes them.
    mutating func interpolate(_ node: YAMLNode) -> YAMLNode { changed(node) ?? node }

    /// nil when `node` has no variables, so that what stays the same is not copied.
    private mutating func changed(_ node: YAMLNode) -> YAMLNode? {
        switch node.content {
        case .scalar(let scalar):
            guard scalar.text.utf8.contains(UInt8(ascii: "$")) else { return nil }
            return expanded(node, scalar)
        case .sequence(let elements):
            var result: [YAMLNode]?
            for index in elements.indices {
                guard let element = changed(elements[index]) else { continue }
                if result == nil { result = elements }
                result?[index] = element
            }
            return result.map { YAMLNode(.sequence($0), tag: node.tag, location: node.location) }
        case .mapping(let pairs):
            var result: [YAMLNode.Pair]?
            for index in pairs.indices {
                guard let value = changed(pairs[index].value) else { continue }
                if result == nil { result = pairs }
                result?[index].value = value
            }
            return result.map { YAMLNode(.mapping($0), tag: node.tag, location: node.location) }
        }
    }

    private mutating func expanded(_ node: YAMLNode, _ scalar: YAMLNode.Scalar) -> YAMLNode {
        var expansion = Template.Expansion(text: "", segments: [])
        var names: VariableNames?
        do throws(ComposeProblem) {
            let template = try Template(scalar.text, look, in: path)
            let variables = template.variables
            names = VariableNames(all: variables, inside: variables)
            expansion = try template.expansion { environment[$0] }
            guard look.spend(expansion.text.utf8.count, of: .bytes, in: path) else { throw .leftOut }
            names?.inside = expansion.inside
        } catch {
            expansion = Template.Expansion(text: "", segments: [])
            failures.append((error, node.location))
        }
        if let names, uses[node.location] == nil { uses[node.location] = names }
        // A value that had variables is a string, whatever it spells now.
        return YAMLNode(
            .scalar(.init(text: expansion.text, isPlain: false, segments: expansion.segments)), tag: node.tag,
            location: node.location)
    }
}
