import ArgumentParser
import PortrunBase

struct SkillCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "skill",
        abstract: "Print what an agent should know of portrun, or install it.",
        usage: """
            portrun skill
            portrun skill install [<options>]
            portrun skill uninstall [<options>]
            """,
        discussion: """
            The text is a SKILL.md, which agents such as Claude Code and Codex read when they start a server or need a \
            port.

            EXAMPLES
              portrun skill
              portrun skill install
              portrun skill install --global
            """,
        subcommands: [SkillInstallCommand.self, SkillUninstallCommand.self])

    func run(in system: System) throws -> Int32 {
        try Report.output(AgentSkill.text)
        return 0
    }
}
