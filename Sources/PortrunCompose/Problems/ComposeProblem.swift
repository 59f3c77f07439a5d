import PortrunBase

/// What can be wrong inside a compose or env file.
package enum ComposeProblem: Error, Equatable {
    // YAML
    case yaml(String)
    case binary
    case tooDeep
    /// The look is over, which says more.
    case leftOut
    case unknownAnchor(String)
    case anchorInItself(String)
    case duplicateKey(String, firstLine: Int)
    case notAStringKey(String)
    case notMergeable
    // Interpolation and env files
    /// What the project's own file says there; nil for an env file.
    case invalidTemplate(String?)
    /// With the explanation that the project's own file gives, if it does.
    case missingVariable(String, explanation: String)
    // An env file may be any file of the machine, by its name in a project, so that nothing of it is quoted.
    case unexpectedCharacter
    case spaceInName
    case noVariableName
    case unterminatedQuote
    // The shape of a project
    case notA(String, path: String)
    case unknownProperty(String, path: String)
    case invalidPort(String, PortProblem)
    /// The text has values of variables in it, which may be secrets.
    case noPortWithVariables([String])
    case remote(String)
    case includeCycle(String)
    case extendsCycle(String)
    case chainTooLong(String)
    case tooManyPorts(limit: Int)
    case conflict(String)
    case unknownService(String, file: String)
    case undefinedDependency(service: String, on: String)
    case dependencyCycle(String)
    case undefinedReference(service: String, kind: String, name: String)
    case missingEnvFile(service: String, file: String)
    case networkAndMode(service: String)
    case nothingToRun(service: String)
    case replicasOfNamedContainer(service: String)

    package var message: String {
        switch self {
        case .yaml(let text): "invalid YAML: \(text)"
        case .binary: "not a text file"
        case .tooDeep: "nested more than \(ComposeLimits.depth) levels deep"
        case .leftOut: "left out"
        case .unknownAnchor(let name): "unknown anchor `\(name)`"
        case .anchorInItself(let name): "anchor `\(name)` contains itself"
        case .duplicateKey(let key, let line): "key `\(key)` already defined at line \(line)"
        case .notAStringKey(let key): "key `\(key)` is not a string"
        case .notMergeable: "only a mapping, or a list of them, can be merged"
        case .invalidTemplate(let text?): "invalid variable in `\(text.clipped)`"
        case .invalidTemplate(nil): "invalid variable"
        case .missingVariable(let name, ""): "required variable `\(name)` is not set"
        case .missingVariable(let name, let text): "required variable `\(name)` is not set: \(text.clipped)"
        case .unexpectedCharacter: "unexpected character in a variable name"
        case .spaceInName: "space in a variable name"
        case .noVariableName: "no variable name"
        case .unterminatedQuote: "unterminated quote"
        case .notA(let kind, let path): "`\(path)` must be \(kind)"
        case .unknownProperty(let name, ""): "unknown property `\(name)`"
        case .unknownProperty(let name, let path): "unknown property `\(name)` in `\(path)`"
        case .invalidPort(let text, let problem): "invalid port `\(text.clipped)`: \(problem.message)"
        case .noPortWithVariables(let names):
            "no port with the values of its variables" + (names.isEmpty ? "" : ": \(names.joined(separator: ", "))")
        case .remote(let path): "`\(path.clipped)` is not on this machine, and left out"
        case .includeCycle(let file): "`\(file)` includes itself"
        case .extendsCycle(let service): "service `\(service)` extends itself"
        case .chainTooLong(let service):
            "service `\(service)` extends through more than \(ComposeLimits.extendsChain) others"
        case .tooManyPorts(let limit): "more than \(limit) ports"
        case .conflict(let path): "`\(path)` is also defined by an included file"
        case .unknownService(let service, let file): "no service `\(service)` to extend in `\(file)`"
        case .undefinedDependency(let service, let other):
            "service `\(service)` depends on `\(other)`, which is not defined or not active"
        case .dependencyCycle(let service): "service `\(service)` depends on itself"
        case .undefinedReference(let service, let kind, let name):
            "service `\(service)` refers to the undefined \(kind) `\(name)`"
        case .missingEnvFile(let service, let file): "env file `\(file)` of service `\(service)` not found"
        case .networkAndMode(let service): "service `\(service)` has both `networks` and `network_mode`"
        case .nothingToRun(let service): "service `\(service)` has neither an image nor a build"
        case .replicasOfNamedContainer(let service):
            "service `\(service)` has a container name and more than one replica"
        }
    }
}
