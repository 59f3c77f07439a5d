import PortrunBase

/// The uses of a project's variables that are not published ports.
///
/// A value such as `http://localhost:${API_PORT}` means a published port, whatever its service is. This holds only for
/// values that a program may hand on to a browser: in a health check or a command, localhost is the container itself.
struct VariableUses: Sendable {
    private let names: [SourceLocation: VariableNames]
    /// The first place of those that decide something else; nil for an env file.
    private var inside: [ExactString: SourceLocation?] = [:]
    private let sources: [String]

    /// No uses, for a project that could not be read.
    init() {
        names = [:]
        sources = []
    }

    /// - Parameters:
    ///   - names: the variables in each scalar that has any.
    ///   - drivers: the entries whose host port may be a variable's value.
    ///   - envFiles: the variables that values in env files refer to.
    ///   - sources: the files, by the number that locations have for them.
    init(
        in document: YAMLNode, _ names: [SourceLocation: VariableNames], drivers: [PortEntry],
        envFiles: Set<ExactString>,
        sources: [String]
    ) {
        self.names = names
        self.sources = sources
        var driving: [SourceLocation: String] = [:]
        for entry in drivers where entry.isVariableHostPortOnly { driving[entry.location] = entry.variable }
        for section in document.pairs ?? [] {
            if section.key == "services" {
                for service in section.value.pairs ?? [] { addService(service.value, driving) }
            } else if !section.key.hasPrefix("x-") {
                add(section.value)
            }
        }
        for variable in envFiles { note(variable.text, at: nil) }
    }

    /// The variables in the scalar at a place.
    func names(at location: SourceLocation) -> [String] { names[location]?.all ?? [] }

    /// The first place where `variable` decides something else; nil when setting it moves published ports alone.
    func insideUse(of variable: String) -> VariableUse? {
        guard let location = inside[variable] else { return nil }
        return VariableUse(
            variable: variable, file: location.map { sources[Int($0.file)] }, line: location.map { Int($0.line) })
    }

    /// Whatever `variable` decides may have another value.
    mutating func forgetInsideUse(of variable: String) { inside[variable] = nil }

    private mutating func addService(_ node: YAMLNode, _ driving: [SourceLocation: String]) {
        for pair in node.pairs ?? [] where !pair.key.hasPrefix("x-") {
            switch pair.key {
            case "ports": add(pair.value, driving: driving)
            case "environment": addPassed(pair.value)
            case "labels", "annotations": add(pair.value, isPublic: true)
            case "build", "deploy":
                if pair.value.pairs == nil { add(pair.value) }
                for pair in pair.value.pairs ?? [] {
                    if pair.key == "args" {
                        addPassed(pair.value)
                    } else {
                        add(pair.value, isPublic: pair.key == "labels")
                    }
                }
            default: add(pair.value)
            }
        }
    }

    /// Variables for a program: a name without a value takes the outer variable's.
    private mutating func addPassed(_ node: YAMLNode) {
        add(node, isPublic: true)
        for element in node.elements ?? [] {
            if let name = element.string, !name.utf8.contains(UInt8(ascii: "=")) { note(name, at: element.location) }
        }
        for pair in node.pairs ?? [] where pair.value.isNull { note(pair.key, at: pair.value.location) }
    }

    private mutating func note(_ variable: String, at location: SourceLocation?) {
        if inside[variable] == nil { inside.updateValue(location, forKey: ExactString(variable)) }
    }

    /// - Parameters:
    ///   - isPublic: true for values in which a local host is the host.
    ///   - driving: the variables that are the host port of an entry, by the place of the scalar.
    private mutating func add(_ node: YAMLNode, isPublic: Bool = false, driving: [SourceLocation: String] = [:]) {
        switch node.content {
        case .sequence(let elements):
            for element in elements { add(element, isPublic: isPublic, driving: driving) }
        case .mapping(let pairs):
            for pair in pairs { add(pair.value, isPublic: isPublic, driving: driving) }
        case .scalar(let scalar):
            guard scalar.segments != nil, let names = names[node.location] else { return }
            var others = isPublic ? names.inside : names.all
            // A scalar uses its variable once for the host port; again in it is another use: `${P}:${P}`.
            if let index = driving[node.location].flatMap({ others.firstIndex(of: $0) }) { others.remove(at: index) }
            for name in others { note(name, at: node.location) }
        }
    }
}
