import ArgumentParser
import PortrunCore

struct InitCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Print what a tool needs to use portrun.",
        discussion: """
            EXAMPLES
              portrun init direnv >> .envrc && direnv allow
            """)

    enum Tool: String, ExpressibleByArgument, CaseIterable {
        case direnv
    }

    @Argument(help: "The tool: direnv.")
    var tool: Tool

    func run(in surroundings: Surroundings) throws -> Int32 {
        switch tool {
        case .direnv: Report.output(Self.direnv)
        }
        return 0
    }

    /// For `.envrc`: the branch decides the context, so a change of HEAD loads it anew.
    private static let direnv = #"""
        # The ports of this checkout (portrun).
        eval "$(portrun export)"
        watch_file "$(git rev-parse --git-path HEAD 2>/dev/null || echo .env)"

        """#
}
