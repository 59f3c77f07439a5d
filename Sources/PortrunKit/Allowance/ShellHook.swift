import PortrunBase
import PortrunCompose

/// A hook of `portrun init` that a shell of the user's has, and that waits for an allow.
package struct ShellHook: Sendable {
    /// Where it is: in the shell that the command was typed in, or in the file that a shell reads when it starts.
    private let place: String
    private let objection: Allowance.Objection
    private let folder: String

    /// The files in which shells are set up, by the name of the shell.
    private static let files = [
        ("bash", ".bashrc"), ("bash", ".bash_profile"), ("bash", ".profile"), ("zsh", ".zshrc"), ("zsh", ".zprofile"),
        ("fish", ".config/fish/config.fish"), ("nu", ".config/nushell/config.nu"),
        ("nu", ".config/nushell/autoload/portrun.nu"),
    ]

    /// What a hook sets to the name of its shell, for the commands that are typed there.
    package static let variable = "PORTRUN_HOOK"

    /// The place of a hook, from what it says itself; else, for one that is not in this shell, from the files where shells
    /// are set up by default.
    private static func place(in checkout: Checkout) -> String? {
        if let shell = checkout.system.environment[variable], !shell.isEmpty { return "this shell" }
        return checkout.system.home.flatMap { file(of: checkout.userEnvironment, home: $0) }.map { "`~/\($0)`" }
    }

    /// The file with a hook: one of the user's own shell before those of others.
    private static func file(of environment: Environment, home: String) -> String? {
        let shell = Path.lastName(environment["SHELL"] ?? "")
        let own = files.filter { $0.0 == shell } + files.filter { $0.0 != shell }
        return own.first { hasHook("\(home)/\($0.1)") }?.1
    }

    /// Whether a line of the file at `path` is no comment, and sets the hook up.
    private static func hasHook(_ path: String) -> Bool {
        guard let content = try? FileSystem.read(path) else { return false }
        return TextLines(content).contains { line in
            !line.drop { $0 == " " || $0 == "\t" }.hasPrefix("#")
                && (line.contains("portrun init") || line.contains("portrun export --hook"))
        }
    }

    /// - Returns: nil where no shell has a hook, or where it has nothing to wait for.
    package init?(of checkout: Checkout) {
        guard checkout.hasProject, let place = Self.place(in: checkout) else { return nil }
        self.place = place
        folder = checkout.workingDirectory
        guard let allowance = Allowance(of: checkout) else {
            objection = .unasked
            return
        }
        guard !allowance.isDenied else { return nil }
        let look = Look(.ofPrompt)
        _ = Plan(nil, in: checkout, look)
        guard let objection = allowance.objection(to: look, in: checkout) else { return nil }
        self.objection = objection
    }

    /// What keeps it from doing anything here.
    package var message: String {
        let reason =
            switch objection {
            case .unasked: "this checkout was not allowed yet"
            case .changed(let path): "`\(Path.shortest(path, from: folder))` changed since it was allowed"
            case .new(let path): "`\(Path.shortest(path, from: folder))` is new since the others were allowed"
            case .gone(let path): "`\(Path.shortest(path, from: folder))`, which was allowed, is gone"
            }
        return "the hook in \(place) exports nothing here: \(reason)"
    }
}
