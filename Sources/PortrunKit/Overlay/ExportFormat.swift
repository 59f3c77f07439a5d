import PortrunBase

/// The forms in which `portrun export` prints an overlay.
package enum ExportFormat: String, Sendable, CaseIterable {
    /// `export NAME='value'` and `unset NAME`, for every POSIX shell
    case shell
    /// the same for `.envrc`, with the files that direnv is to watch
    case direnv
    /// `set -gx NAME 'value'` and `set -eg NAME`
    case fish
    /// `$env.NAME = "value"` and `hide-env`, for nushell
    case nu
    /// `$env:NAME = 'value'` and `Remove-Item`
    case powershell
    /// one object, ports as numbers, removed names as null
    case json
    /// `NAME=value` lines, quoted where dotenv files need it
    case dotenv
    /// the same as `dotenv`
    case env
    /// what GitHub Actions reads from the file that `$GITHUB_ENV` names
    case github

    /// The text to print for `overlay`, with a line break at its end when it is not empty.
    ///
    /// Values that are no UTF-8 are told where the format is bytes; elsewhere their variable is taken away.
    /// - Parameter watch: the state that a shell's hook is to remember; nil for none.
    package func output(of overlay: Overlay, remembering watch: WatchState? = nil) -> [UInt8] {
        var bytes = Array(text(of: overlay, remembering: watch).utf8)
        for assignment in overlay.rawAssignments {
            switch self {
            case .shell, .direnv: bytes += Array("export \(assignment.name)=".utf8) + Self.shellQuoted(assignment.value)
            case .fish: bytes += Array("set -gx \(assignment.name) ".utf8) + Self.fishQuoted(assignment.value)
            case .nu, .powershell, .json, .dotenv, .env, .github: continue
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// The same as text, without values that are no UTF-8.
    func text(of overlay: Overlay, remembering watch: WatchState? = nil) -> String {
        if self == .json { return Self.jsonText(of: overlay, watch) }
        // Not `joined()`, whose generic code costs more than all of the rest: see `Path`.
        var text = ""
        let changes = ChangedEnvironment.variable
        for name in overlay.removals where name != changes { text += removal(of: name) }
        for assignment in overlay.rawAssignments { text += removal(of: assignment.name) }
        // What tells how to undo the rest comes before it, and goes after it: a shell may stop half-way.
        for assignment in overlay.assignments where assignment.name == changes {
            text += self.assignment(of: changes, assignment.value.text)
        }
        for assignment in overlay.assignments where assignment.name != changes {
            text += self.assignment(of: assignment.name, assignment.value.text)
        }
        for name in overlay.removals where name == changes { text += removal(of: name) }
        if let watch { text += memory(of: watch.text) }
        return text
    }

    /// A variable that commands do not inherit, where the shell has such.
    private func memory(of text: String) -> String {
        switch self {
        case .shell, .direnv: "_portrun_watch=\(Self.shellQuoted(text))\n"
        case .fish: "set -g _portrun_watch \(Self.fishQuoted(text))\n"
        case .nu, .powershell, .json, .dotenv, .env, .github: assignment(of: WatchState.variable, text)
        }
    }

    /// The line that takes a variable away; empty where the format has no such line.
    private func removal(of name: String) -> String {
        switch self {
        case .shell, .direnv: "unset \(name)\n"
        case .fish: "set -eg \(name)\n"
        case .nu: "hide-env --ignore-errors \(name)\n"
        case .powershell: "Remove-Item -ErrorAction Ignore Env:\(name)\n"
        // GitHub Actions can only empty a variable.
        case .github: "\(name)=\n"
        case .json, .dotenv, .env: ""
        }
    }

    private func assignment(of name: String, _ value: String) -> String {
        switch self {
        case .shell, .direnv: "export \(name)=\(Self.shellQuoted(value))\n"
        case .fish: "set -gx \(name) \(Self.fishQuoted(value))\n"
        case .nu: "$env.\(name) = \(Self.nuQuoted(value))\n"
        case .powershell: "$env:\(name) = \(Self.powershellQuoted(value))\n"
        case .github: Self.githubEntry(name, value)
        case .json, .dotenv, .env: "\(name)=\(Self.dotenvQuoted(value))\n"
        }
    }

    private static func jsonText(of overlay: Overlay, _ watch: WatchState?) -> String {
        JSONValue.object(
            JSONValue.KeyValuePairs(
                overlay.assignments.map { (key: $0.name, value: json($0.value)) }
                    + overlay.removals.map { (key: $0, value: .null) }
                    + overlay.rawAssignments.map { (key: $0.name, value: .null) }
                    + (watch.map { [(key: WatchState.variable, value: .string($0.text))] } ?? []))
        ).text + "\n"
    }

    private static func json(_ value: Overlay.Value) -> JSONValue {
        switch value {
        case .port(let port): .integer(Int(port.number))
        case .text(let text): .string(text)
        }
    }
}
