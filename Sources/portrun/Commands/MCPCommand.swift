import ArgumentParser
import PortrunBase
import PortrunMCP

struct MCPCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Serve agents: ports as tools of the Model Context Protocol.",
        usage: """
            portrun mcp [<options>]
            portrun mcp install --client <client> [<options>]
            """,
        discussion: """
            Speaks the Model Context Protocol on standard input and output, for a client that starts it, until its input \
            ends. The tools are status, list, lookup, book, release, explain, discover, check, wait and doctor. Each takes \
            the folder of a checkout; by default it is the one that the server was started in. Nothing is started or \
            stopped.

            EXAMPLES
              portrun mcp install --client claude --write
              portrun mcp -C ~/shop
            """,
        subcommands: [MCPInstallCommand.self])

    @OptionGroup var placeOptions: PlaceOptions

    func run(in system: System) throws -> Int32 {
        var system = system
        // What `--registry` names is seen from where the user stands, in spite of `-C`.
        let registry = placeOptions.registry.map { Path.absolute($0, in: system.workingDirectory ?? "/") }
        if let directory = placeOptions.directory {
            guard chdir(directory) == 0 else { throw UsageError.directory(path: directory, code: errno) }
            system.workingDirectory = System.currentDirectory()
        }
        if system.isStandardInputTerminal {
            Report.notice("waits for a client's messages; `portrun mcp install` tells a client to start it")
        }
        let stream = ProtocolStream()
        let host = ServerHost(
            version: Portrun.version, registry: registry, uid: geteuid(),
            system: {
                var now = system
                now.readClocks()
                return now
            },
            pause: stream.pause)
        var server = MCPServer(host)
        while let line = stream.next() {
            if let answer = server.answer(to: line) { try stream.write(answer) }
        }
        return 0
    }
}
