import PortrunBase

/// The changes that a portrun further out, or an earlier export, has made to an environment.
///
/// One variable carries them, with a word for each changed variable: see `ChangedVariable`.
package struct ChangedEnvironment: Sendable {
    /// Those that the environment still has: what somebody has set anew or taken away since is theirs.
    private let variables: [ChangedVariable]

    /// The variable that tells a further portrun, run inside or at the next prompt.
    package static let variable = "PORTRUN_CHANGES"

    /// Reads what `environment` tells.
    package init(in environment: Environment) {
        guard let text = environment[Self.variable] else {
            variables = []
            return
        }
        var variables: [ChangedVariable] = []
        for word in WordList.bytes(in: text) {
            guard let changed = ChangedVariable(word), let value = environment.bytes(of: changed.name),
                changed.hasSet(value)
            else { continue }
            variables.append(changed)
        }
        self.variables = variables
    }

    var isEmpty: Bool { variables.isEmpty }

    /// The variables that are not the user's, in the order in which they were set.
    package var names: [String] { variables.map(\.name) }

    /// `environment`, which the changes were read from, as it was before.
    func undone(in environment: Environment) -> Environment {
        var result = environment
        for variable in variables {
            guard let value = environment.bytes(of: variable.name) else { continue }
            if let original = variable.original(of: value) {
                result.set(variable.name, to: original)
            } else {
                result.remove(variable.name)
            }
        }
        for name in [Overlay.contextVariable, Self.variable] where environment.bytes(of: name) != nil {
            result.remove(name)
        }
        return result
    }
}
