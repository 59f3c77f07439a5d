import PortrunBase
import PortrunKit
import PortrunRegistry

/// Arguments of a call that are not what the tool takes.
enum ArgumentError: ReportableError {
    case unknown(String, known: [String])
    case missing(Parameter)
    case wrong(Parameter)
    case notAService(String)
    /// One that goes only with, or without, another.
    case together(String, next: String)

    var message: String {
        switch self {
        case .unknown(let name, _): "there is no argument `\(name)`"
        case .missing(let parameter): "the argument `\(parameter.name)` is missing"
        case .wrong(let parameter): "`\(parameter.name)` is not \(parameter.wanted)"
        case .notAService(let text): "`\(TerminalText.cut(text, to: 60))` names no service"
        case .together(let problem, _): problem
        }
    }

    var hint: String? {
        switch self {
        case .unknown(_, let known): "give some of \(known.map { "`\($0)`" }.joined(separator: ", "))"
        case .missing(let parameter), .wrong(let parameter): "give `\(parameter.name)` as \(parameter.wanted)"
        case .notAService: "give names of 1 to 255 bytes without control characters; `status` and `discover` list some"
        case .together(_, let next): next
        }
    }
}
