import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// Why a command has the localhost of the machine though ports have moved.
package enum TranslationOmission: Sendable, Equatable {
    case option
    /// The file and line of `x-portrun: {translate: off}`.
    case project(file: String, line: Int)
    case machine
    /// A program that makes an ordinary user another one, which the filter does not allow.
    case changesUser(program: String)

    package var message: String {
        switch self {
        case .option: "`--translate off`"
        case .project(let file, let line): "\(TerminalText.onOneLine(file)):\(line) says so"
        case .machine: "`portrun config --translate off`"
        case .changesUser(let program): "`\(TerminalText.onOneLine(program))` would not work in the command"
        }
    }

    /// What to do to have one all the same.
    package var remedy: String {
        switch self {
        case .option: "leave `--translate off` out"
        case .project, .machine, .changesUser: "say `portrun run --translate on` (\(message))"
        }
    }
}
