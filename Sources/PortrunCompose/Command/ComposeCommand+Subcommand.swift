import PortrunBase

extension ComposeCommand {
    /// True when the command does something to a project, false when it only prints a help or version.
    package var addressesProject: Bool {
        switch subcommand {
        case nil, "version", "help", "ls", "completion", "__complete", "__completeNoDesc": return false
        case _?:
            let next = flagsEnd + 1 < words.count ? words[flagsEnd + 1] : ""
            return next != "--help" && next != "-h"
        }
    }

    /// True for the subcommands that start containers, for which what they use has to be there.
    package var startsContainers: Bool {
        switch subcommand {
        case "up", "create", "start", "restart", "run", "scale", "watch": true
        case _: false
        }
    }

    /// The engine's own program, called as this command does.
    package var engine: EngineCall { EngineCall(of: tool, words.prefix { $0 != "compose" }) }

    /// The program for messages: `docker compose`.
    var name: String { tool.isComposeItself ? tool.rawValue : "\(tool.rawValue) compose" }
}
