import PortrunBase
import PortrunRegistry

extension ToolCall {
    /// Whether every argument is one of the tool's, and what its place wants. Null stands for one that is left out.
    func checkArguments() throws(ArgumentError) {
        let parameters = tool.allParameters
        if case .object(let given) = arguments {
            for name in given.pairs.map(\.key) where !parameters.contains(where: { $0.name == name }) {
                throw .unknown(name, known: parameters.map(\.name))
            }
        }
        for parameter in parameters {
            guard let value = self[parameter.name] else {
                if parameter.isRequired { throw .missing(parameter) }
                continue
            }
            guard parameter.takes(value) else { throw .wrong(parameter) }
        }
    }

    private subscript(name: String) -> JSONValue? {
        let value = arguments[name]
        return value == .null ? nil : value
    }

    func text(_ name: String) -> String? { self[name]?.string }
    func texts(_ name: String) -> [String] { self[name]?.elements?.compactMap(\.string) ?? [] }
    func number(_ name: String) -> Int? { self[name]?.integer }
    func flag(_ name: String) -> Bool { self[name] == .boolean(true) }

    /// The names under `services`, each once, in their order.
    func services() throws(ArgumentError) -> [ServiceName] {
        var names: [ServiceName] = []
        for text in texts("services") {
            guard let name = ServiceName(text) else { throw .notAService(text) }
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    func port() -> Port? { number("port").flatMap { Port($0) } }
}

/// Arguments of a call that are not what the tool takes.
enum ArgumentError: ReportableError {
    case unknown(String, known: [String])
    case missing(Parameter)
    case wrong(Parameter)
    case notAService(String)
    /// One that goes only with, or without, another.
    case together(String, next: String)
    /// `checkout` names no folder (an errno value).
    case folder(String, code: Int32)

    var message: String {
        switch self {
        case .unknown(let name, _): "there is no argument `\(name)`"
        case .missing(let parameter): "the argument `\(parameter.name)` is missing"
        case .wrong(let parameter): "`\(parameter.name)` is not \(parameter.wanted)"
        case .notAService(let text): "`\(TerminalText.cut(text, to: 60))` names no service"
        case .together(let problem, _): problem
        case .folder(let path, let code): "cannot enter `\(path)`: \(String(cString: strerror(code)))"
        }
    }

    var hint: String? {
        switch self {
        case .unknown(_, let known): "give some of \(known.map { "`\($0)`" }.joined(separator: ", "))"
        case .missing(let parameter), .wrong(let parameter): "give `\(parameter.name)` as \(parameter.wanted)"
        case .notAService: "give names of 1 to 255 bytes without control characters; `status` and `discover` list some"
        case .together(_, let next): next
        case .folder: "give the absolute path of a folder that exists; `list` has the `path` of each known checkout"
        }
    }
}
