import PortrunBase
import PortrunCompose

/// A hook of `portrun init` that a shell of the user's has, and that waits for an allow.
package struct ShellHook: Sendable {
    /// The file that the shell reads when it starts, below the home.
    private let file: String
    private let objection: Allowance.Objection
    private let folder: String

    /// The files in which shells are set up.
    private static let files = [
        ".bashrc", ".bash_profile", ".profile", ".zshrc", ".zprofile", ".config/fish/config.fish",
        ".config/nushell/config.nu", ".config/nushell/autoload/portrun.nu",
    ]

    /// - Returns: nil where no shell has a hook, or where it has nothing to wait for.
    package init?(of checkout: Checkout) {
        guard checkout.hasProject, let home = checkout.system.home else { return nil }
        let file = Self.files.first { name in
            let text = (try? FileSystem.read("\(home)/\(name)")).map { String(decoding: $0, as: UTF8.self) } ?? ""
            return text.contains("portrun init") || text.contains("portrun export --hook")
        }
        guard let file else { return nil }
        self.file = file
        folder = checkout.workingDirectory
        guard let allowance = Allowance(of: checkout) else {
            objection = .unasked
            return
        }
        guard !allowance.isDenied else { return nil }
        let look = Look(.ofPrompt)
        _ = Plan(nil, in: checkout, look)
        guard let objection = allowance.objection(to: look) else { return nil }
        self.objection = objection
    }

    /// What keeps it from doing anything here.
    package var message: String {
        let reason =
            switch objection {
            case .unasked: "this checkout was not allowed yet"
            case .changed(let path): "`\(Path.shortest(path, from: folder))` changed since it was allowed"
            case .new(let path): "`\(Path.shortest(path, from: folder))` is new since the others were allowed"
            }
        return "the hook in `~/\(file)` exports nothing here: \(reason)"
    }
}
