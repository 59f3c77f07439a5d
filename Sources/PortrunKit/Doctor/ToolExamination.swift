import PortrunBase
import PortrunCompose

/// The findings of `doctor` in the tools that portrun works with.
package struct ToolExamination {
    package let findings: [Finding]

    package init(_ checkout: Checkout) {
        findings = [Self.direnv(checkout), Self.hook(checkout), Self.compose(checkout)].compactMap { $0 }
    }

    /// A `.envrc` that asks for portrun and that direnv has not loaded.
    ///
    /// direnv names the folder of the file that it has loaded in `DIRENV_DIR`, behind a dash.
    private static func direnv(_ checkout: Checkout) -> Finding? {
        let environment = checkout.system.environment
        let folders = [checkout.workingDirectory, checkout.context.path]
        let folder = folders.first { folder in
            ((try? Look().read(folder + "/.envrc")).map { String(decoding: $0, as: UTF8.self) } ?? "")
                .contains("portrun")
        }
        guard let folder, environment["DIRENV_DIR"] != "-" + folder else { return nil }
        let message = "`\(folder)/.envrc` is not loaded in this shell"
        guard CapturedProgram("direnv", environment: environment) != nil else {
            return Finding(.direnv, "\(message): direnv is not installed", step: "install direnv (https://direnv.net)")
        }
        let shell = Path.lastName(environment["SHELL"] ?? "")
        guard let home = checkout.system.home, let file = startFile(of: shell), environment["DIRENV_DIR"] == nil
        else { return Finding(.direnv, message, step: "direnv allow '\(folder)'") }
        let start = (try? FileSystem.read(home + "/" + file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard !start.contains("direnv hook") else {
            return Finding(.direnv, message, step: "direnv allow '\(folder)'")
        }
        let hook = shell == "fish" ? "direnv hook fish | source" : "eval \"$(direnv hook \(shell))\""
        return Finding(
            .direnv, "\(message): `~/\(file)` has no direnv hook", step: "echo '\(hook)' >> ~/\(file)")
    }

    /// A shell hook that does nothing here, since nobody has allowed the checkout's files.
    private static func hook(_ checkout: Checkout) -> Finding? {
        guard let hook = ShellHook(of: checkout) else { return nil }
        return Finding(.hook, hook.message, step: "read the files of the checkout, then type: portrun allow")
    }

    /// The file that a shell reads when it starts, below the home; nil for a shell without a direnv hook here.
    private static func startFile(of shell: String) -> String? {
        switch shell {
        case "bash": ".bashrc"
        case "zsh": ".zshrc"
        case "fish": ".config/fish/config.fish"
        default: nil
        }
    }

    /// A compose that does not understand the override files that move fixed ports.
    private static func compose(_ checkout: Checkout) -> Finding? {
        let environment = checkout.userEnvironment
        for words in [["docker", "compose"], ["docker-compose"]] {
            let answer = CapturedProgram(words[0], environment: environment)?.run(words + ["version"])
            guard let answer, answer.status == 0, let version = ComposeVersion(answer.output), !version.knowsOverride
            else { continue }
            let effect =
                version.printsWholeConfiguration
                ? "fixed ports move by a whole configuration, and not in a shell" : "fixed ports cannot move"
            return Finding(
                .compose, "`\(words.joined(separator: " "))` is \(version), too old for `!override`: \(effect)",
                step: "update it to 2.24.4 or later (podman-compose: 1.4.0)")
        }
        return nil
    }
}
