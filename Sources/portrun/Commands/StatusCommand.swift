import ArgumentParser
import PortrunBase

struct StatusCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what is booked in this checkout and who holds it.",
        usage: "portrun status [<options>]",
        discussion: """
            A booking is `live` while a command, a running container of its checkout or a time to live holds it. It is \
            `listening` when something else listens on its port, and otherwise `idle`. Docker and podman are asked for \
            containers, and have 300 ms to answer. `--all`, `--context`, `--app` and `--instance` look beyond this \
            checkout. A line on standard error tells when your shell's hook waits for `portrun allow` here.

            EXAMPLES
              portrun status
              portrun status --all --live
              portrun status --json
            """)

    @OptionGroup var options: ListingOptions

    func run(in system: System) throws -> Int32 {
        try options.list(isMachineWide: false, system)
    }
}
