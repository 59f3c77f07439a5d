import PortrunBase
import PortrunKit
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
