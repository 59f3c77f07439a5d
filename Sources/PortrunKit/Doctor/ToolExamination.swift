import PortrunBase
import PortrunCompose

/// The findings of `doctor` in the tools that portrun works with.
package struct ToolExamination {
    package let findings: [Finding]

    package init(_ checkout: Checkout) {
        findings =
            [Self.direnv(checkout), Self.hook(checkout), Self.compose(checkout)].compactMap { $0 }
            + Self.foreignFolders(checkout)
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
        guard CapturedProgram(.direnv, environment: environment) != nil else {
            return Finding(.direnv, "\(message): direnv is not installed", step: "install direnv (https://direnv.net)")
        }
        let allow = "direnv allow \(ExportFormat.shellQuoted(folder))"
        let shell = Path.lastName(environment["SHELL"] ?? "")
        guard let home = checkout.system.home, let file = startFile(of: shell), environment["DIRENV_DIR"] == nil
        else { return Finding(.direnv, message, step: allow) }
        let start = (try? FileSystem.read(home + "/" + file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard !start.contains("direnv hook") else {
            return Finding(.direnv, message, step: allow)
        }
        let hook = shell == "fish" ? "direnv hook fish | source" : "eval \"$(direnv hook \(shell))\""
        return Finding(
            .direnv, "\(message): `~/\(file)` has no direnv hook",
            step: "echo \(ExportFormat.shellQuoted(hook)) >> ~/\(file)")
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

    /// Folders of other users', or open to all, from which a compose tool is taken: another user's shim, say.
    private static func foreignFolders(_ checkout: Checkout) -> [Finding] {
        var findings: [Finding] = []
        var missing = ComposeTool.allCases
        for bytes in SearchPath(checkout.system.environment).folders {
            let folder = String(decoding: bytes, as: UTF8.self)
            let found = missing.filter { FileSystem.isExecutable(bytes + Array("/\($0.rawValue)".utf8)) }
            missing.removeAll(where: found.contains)
            var status = stat()
            guard let tool = found.first, stat(folder, &status) == 0 else { continue }
            let message = "`\(tool.rawValue)` is taken from `\(folder)`"
            let step = "take `\(folder)` out of `PATH`"
            if !Trust.isTrusted(status.st_uid, served: checkout.system.home) {
                findings.append(
                    Finding(.path, "\(message), which belongs to \(UserName.of(status.st_uid))", step: step))
            } else if status.st_mode & 0o002 != 0 {
                findings.append(Finding(.path, "\(message), to which everybody may write", step: step))
            }
        }
        return findings
    }

    /// A compose that does not understand the override files that move fixed ports.
    private static func compose(_ checkout: Checkout) -> Finding? {
        let environment = checkout.userEnvironment
        let tools: [(CapturedProgram.Tool, [String])] = [
            (.docker, ["docker", "compose"]), (.dockerCompose, ["docker-compose"]),
        ]
        for (tool, words) in tools {
            let answer = CapturedProgram(tool, environment: environment)?.run(
                words + ["version"], until: Deadline(after: .seconds(10)))
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
