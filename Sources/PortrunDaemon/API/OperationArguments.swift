import PortrunBase
import PortrunKit

/// The arguments of a request: of its path, its query and its body, each of which is what its place wants.
struct OperationArguments: Sendable {
    private var values: [(name: String, value: JSONValue)] = []

    /// - Throws: `Problem` 400 for what is missing, unknown or wrong; 413.
    init(_ operation: Operation, _ call: DoorCall) async throws {
        let inPath = operation.pathNames
        for parameter in operation.parameters {
            if inPath.contains(parameter.name) {
                try add(parameter, call.parameter(parameter.name).map { [$0] } ?? [])
            }
        }
        let query = try call.query()
        let known = operation.parameters.filter { !inPath.contains($0.name) }
        if let unknown = query.first(where: { pair in !known.contains { $0.name == pair.name } }) {
            throw Self.unknown(unknown.name, known)
        }
        for parameter in known { try add(parameter, query.filter { $0.name == parameter.name }.map(\.value)) }
        guard let members = operation.body else { return }
        let isOptional = operation.isBodyOptional
        guard case .object(let object) = try await call.json(orEmpty: isOptional) else {
            throw Problem.malformed("the body is no object")
        }
        for (name, _) in object.pairs where !members.contains(where: { $0.name == name }) {
            throw Self.unknown(name, members)
        }
        for (index, pair) in object.pairs.enumerated()
        where object.pairs[..<index].contains(where: { $0.key == pair.key }) {
            throw Problem.malformed("`\(pair.key)` is given more than once")
        }
        for parameter in members { try add(parameter, object.pairs.last { $0.key == parameter.name }?.value) }
    }

    /// One that an address has, as text.
    private mutating func add(_ parameter: Parameter, _ texts: [String]) throws(Problem) {
        guard !texts.isEmpty else { return try add(parameter, nil as JSONValue?) }
        switch parameter.kind {
        case .texts, .services: try add(parameter, .array(texts.map { .string($0) }))
        case .text, .number, .flag, .choice, .service, .folder, .range, .name, .note:
            guard texts.count == 1 else { throw .malformed("`\(parameter.name)` is given more than once") }
            try add(parameter, parameter.kind.value(of: texts[0]))
        }
    }

    private mutating func add(_ parameter: Parameter, _ value: JSONValue?) throws(Problem) {
        guard let value else {
            guard !parameter.isRequired else {
                throw .malformed(
                    "`\(parameter.name)` is missing", hint: "give `\(parameter.name)` as \(parameter.wanted)")
            }
            return
        }
        guard parameter.takes(value) else {
            throw .malformed(
                "`\(parameter.name)` is not \(parameter.wanted)",
                hint: "give `\(parameter.name)` as \(parameter.wanted)")
        }
        values.append((parameter.name, value))
    }

    private static func unknown(_ name: String, _ known: [Parameter]) -> Problem {
        let names = known.map { "`\($0.name)`" }.joined(separator: ", ")
        return .malformed(
            "there is no argument `\(TerminalText.cut(TerminalText.onOneLine(name), to: 60))`",
            hint: known.isEmpty ? "leave it out" : "give some of \(names)")
    }

    var isEmpty: Bool { values.isEmpty }

    subscript(name: String) -> JSONValue? { values.first { $0.name == name }?.value }
    func text(_ name: String) -> String? { self[name]?.string }
    func number(_ name: String) -> Int? { self[name]?.integer }
    func flag(_ name: String) -> Bool { self[name] == .boolean(true) }
    func port(_ name: String = "port") -> Port? { number(name).flatMap { Port($0) } }
    /// Whichever of its ends comes first.
    func range(_ name: String) -> PortRange? {
        guard let text = text(name) else { return nil }
        return PortRange(text) ?? PortRange(text.split(separator: "-").reversed().joined(separator: "-"))
    }
    func description() -> Description? { text("description").flatMap { Description($0) } }
    func service(_ name: String = "service") -> ServiceName? { text(name).flatMap { ServiceName($0) } }

    /// Each once, in their order.
    func services(_ name: String = "services") -> [ServiceName] {
        var names: [ServiceName] = []
        for text in self[name]?.elements?.compactMap(\.string) ?? [] {
            guard let service = ServiceName(text), !names.contains(service) else { continue }
            names.append(service)
        }
        return names
    }
}

extension Parameter.Kind {
    /// What a text in an address stands for.
    fileprivate func value(of text: String) -> JSONValue {
        switch self {
        case .number:
            // As JSON has it: no sign but a minus, no zero in front.
            JSONParser.value(of: Array(text.utf8)[...]) ?? .string(text)
        case .flag: text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : .string(text)
        case .text, .texts, .choice, .service, .services, .folder, .range, .name, .note: .string(text)
        }
    }
}
