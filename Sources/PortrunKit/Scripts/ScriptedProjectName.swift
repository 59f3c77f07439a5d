import PortrunBase
import PortrunCompose

/// The name that a command of a script demands for its compose project: `-p ci`, `-p $(PROJECT)`, `-p "${PROJECT:-ci}"`,
/// else what the script has set: `COMPOSE_PROJECT_NAME := ci`.
struct ScriptedProjectName {
    /// nil while none has come.
    var name: String? { flag ?? variables[ExactString("COMPOSE_PROJECT_NAME")] }
    /// What `-p` demands.
    private var flag: String?
    /// The command is one of compose's, and no other program's that has a `-p` of its own.
    private(set) var isOfCompose = false

    /// What the script gives its variables.
    private var variables: [ExactString: String] = [:]
    private var earlier = ""
    /// The subcommand has come: what is behind is for that, and for what it runs.
    private var isBehindSubcommand = false
    /// The parts of `$(NAME)` and `${NAME:-text}` come as words of their own.
    private var expected = Part.none

    private enum Part { case none, variable, standIn }

    /// Begins a command of the same script.
    mutating func startCommand() {
        (flag, isOfCompose, isBehindSubcommand, expected, earlier) = (nil, false, false, .none, "")
    }

    mutating func take(_ token: ScriptTokens.Token) {
        defer { earlier = token.before }
        let text = token.text
        if token.isAssigned { note(text, as: token.before) }
        switch expected {
        case .variable:
            flag = flag ?? variables[ExactString(text)]
            expected = flag == nil ? .standIn : .none
            return
        case .standIn:
            expected = .none
            if text.hasPrefix("-"), case let standIn = String(text.dropFirst()), ComposeProject.isName(standIn) {
                flag = flag ?? standIn
                return
            }
        case .none: break
        }
        if isBehindSubcommand || flag != nil { return }
        if Self.flags.contains(token.before) {
            demand(text)
        } else if !isOfCompose {
            isOfCompose = text.lowercased().hasSuffix("compose")
        } else if !text.hasPrefix("-"), token.before != "$", !Self.flagsWithValues.contains(token.before) {
            isBehindSubcommand = true
        }
    }

    private mutating func demand(_ text: String) {
        let variable = text.drop { $0 == "$" }
        if text == "$" || text == "$$" {
            expected = .variable
        } else if variable.startIndex > text.startIndex {
            flag = variables[ExactString(String(variable))]
        } else if ComposeProject.isName(text) {
            flag = text
        }
    }

    /// `PROJECT = ci`, `PROJECT := ci`, `PROJECT ?= ci`
    private mutating func note(_ text: String, as word: String) {
        let name = ["?", "+", "!"].contains(word) ? earlier : word
        guard ComposeProject.isName(text), variables.count < Self.variableLimit else { return }
        variables[ExactString(String(name.filter { !"?+!".contains($0) }))] = text
    }

    private static let flags = ["-p", "--project-name"]
    private static let flagsWithValues = [
        "-f", "--file", "--profile", "--env-file", "--project-directory", "--ansi", "--progress", "--parallel",
    ]
    private static let variableLimit = 256
}
