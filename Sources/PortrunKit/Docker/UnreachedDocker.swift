import PortrunBase
import PortrunCompose

/// Commands of docker and its kin that a launch starts without finding them in `PATH`: `sudo docker`, `/usr/bin/docker`.
///
/// They go past portrun's folder of links, and keep the ports and names that they have in every checkout.
enum UnreachedDocker {
    /// The warning about the first of them that a command's words show; nil where they show none.
    ///
    /// - Parameter words: the command; a script of a shell is one of them.
    static func warning(about words: [String]) -> Warning? {
        guard let first = words.first else { return nil }
        switch Path.lastName(first) {
        case "sudo", "doas": return warning(aboutProgramIn: words)
        case "sh", "bash", "zsh", "dash", "ksh":
            guard let flag = words.firstIndex(where: { $0.hasPrefix("-") && $0.hasSuffix("c") }), flag + 1 < words.count
            else { return nil }
            for command in ShellScript(words[flag + 1]).commands {
                if let warning = warning(aboutProgramIn: command.map(\.text)) { return warning }
            }
            return nil
        default: return nil
        }
    }

    private static func warning(aboutProgramIn words: [String]) -> Warning? {
        guard let first = words.first else { return nil }
        let isRoot = ["sudo", "doas"].contains(Path.lastName(first))
        // Behind flags of sudo and their values, the first word that is a tool is the program.
        guard let place = isRoot ? words.firstIndex(where: { ComposeTool(running: [$0]) != nil }) : 0,
            isRoot || first.hasPrefix("/")
        else { return nil }
        let command = Array(words[place...])
        guard ComposeCommand(command)?.addressesProject ?? changesOrNames(command) else { return nil }
        let typed = (isRoot ? [first] : []) + command.prefix(1)
        return Warning(
            "`\(typed.joined(separator: " "))` goes past portrun, and keeps the ports and names of the main worktree: "
                + "call it as `\(Path.lastName(command[0]))`")
    }

    /// A list of all is read by people as well.
    private static func changesOrNames(_ words: [String]) -> Bool {
        DockerCommand(words).map { $0.listed == nil || !$0.names.isEmpty } ?? false
    }
}
