import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunMCP

struct MCPInstallCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Print the configuration that has a client start `portrun mcp`, or write it.",
        usage: "portrun mcp install --client <client> [<options>]",
        discussion: """
            The clients are claude (Claude Code), codex, cursor and vscode. With `--write`, the configuration is added to \
            the client's file in this checkout: .mcp.json, .codex/config.toml, .cursor/mcp.json or .vscode/mcp.json. \
            Every other byte of it stays, and the old file is kept beside it, as FILE.bak.

            EXAMPLES
              portrun mcp install --client claude
              portrun mcp install --client vscode --write
            """)

    @OptionGroup var placeOptions: PlaceOptions

    @Option(help: "The client that is to start the server.")
    var client: MCPClient

    @Flag(help: "Add it to the client's file in this checkout.")
    var write = false

    @Flag(name: .shortAndLong, help: "Do not say what was written.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let configuration = ClientConfiguration(for: client)
        guard write else {
            if !quiet { Report.notice("`\(client.file)` takes this; `--write` puts it there") }
            try Report.output(configuration.text)
            return 0
        }
        let checkout = try Checkout(placeOptions.selection, system)
        let path = Path.absolute(client.file, in: checkout.context.path)
        let name = Path.shortest(path, from: checkout.workingDirectory)
        try makeFolder(Path.parent(path))
        let replacement = try FileReplacement(path)
        try replacement.stays(in: checkout.context.path, path, named: name)
        let content = try configuration.added(to: replacement.content ?? [], of: name)
        guard content != replacement.content else {
            if !quiet { Report.notice("`\(name)` stays as it is") }
            return 0
        }
        try replacement.write(content, isKeepingBackup: true, state: checkout.state, now: system.now)
        if !quiet { Report.notice("`\(name)` written") }
        return 0
    }

    /// The folder of the client's file, of which one may be missing.
    private func makeFolder(_ folder: String) throws(WriteError) {
        guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
            throw .file(.failed(path: folder, code: errno))
        }
    }
}

extension MCPClient: ExpressibleByArgument {}
