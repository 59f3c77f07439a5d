import ArgumentParser
import PortrunBase

struct InitCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Print what a shell or direnv needs to use portrun.",
        usage: "portrun init <tool>",
        discussion: """
            With direnv, each folder whose `.envrc` asks for it has its ports. In a shell, every git worktree and \
            every folder with a compose file has them once you have said `portrun allow` there, and leaving takes them \
            away again. Use one or the other. After the second example, `use portrun` works in `.envrc`. The last two \
            lines belong together.

            EXAMPLES
              portrun init direnv >> .envrc && direnv allow
              portrun init direnv-library > ~/.config/direnv/lib/portrun.sh
              echo 'eval "$(portrun init bash)"' >> ~/.bashrc
              echo 'eval "$(portrun init zsh)"' >> ~/.zshrc
              echo 'portrun init fish | source' >> ~/.config/fish/config.fish
              let file = ($nu.default-config-dir | path join autoload/portrun.nu)
              portrun init nushell | save -f $file
            """)

    enum Tool: String, ExpressibleByArgument, CaseIterable {
        case direnv
        case direnvLibrary = "direnv-library"
        case bash, zsh, fish, nushell

        /// `nu` is what nushell's program and the format of `export` are called.
        init?(argument: String) { self.init(rawValue: argument == "nu" ? "nushell" : argument) }
    }

    @Argument(help: "The tool: direnv, direnv-library, bash, zsh, fish or nushell (nu).")
    var tool: Tool

    func run(in system: System) throws -> Int32 {
        try Report.output(tool.snippet)
        return 0
    }
}
