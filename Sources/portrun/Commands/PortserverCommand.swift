import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

struct PortserverCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "portserver",
        abstract: "Give ports to test runners that ask as python_portpicker does.",
        usage: "portrun portserver [<options>]",
        discussion: """
            Serves portpicker's protocol on a unix socket: a client sends the number of a process and gets a port that is \
            free for TCP and UDP, and booked until that process ends. The options are those of portserver.py, whose place \
            it takes. Only your own processes are answered.

            SIGUSR1 prints statistics on standard error; SIGINT and SIGTERM end it. `portrun run --portserver` starts one \
            for a single command.

            EXAMPLES
              portrun portserver &
              PORTSERVER_ADDRESS=@unittest-portserver pytest
              portrun portserver --portserver_unix_socket_address=/run/user/1000/ports
              portrun portserver --portserver_static_pool=20000-20999,30000-30099
            """)

    @OptionGroup var placeOptions: PlaceOptions

    @Option(
        name: [
            .customLong("address"), .customLong("portserver_unix_socket_address"), .customLong("portserver_address"),
        ],
        help: ArgumentHelp("Listen on this path, or on @name outside all folders (Linux).", valueName: "address"))
    var address = "@unittest-portserver"

    @Option(
        name: [.customLong("pool"), .customLong("portserver_static_pool")],
        help: ArgumentHelp("Give ports from these ranges.", valueName: "first-last,…"))
    var pool = PickingPool.usualText

    @Flag(help: "Say what is given to whom.")
    var verbose = false

    @Flag(help: "The same, as portserver.py has it.")
    var debug = false

    /// For `run --portserver`: the socket is descriptor 3, and the end of standard input ends the server.
    @Flag(help: .hidden)
    var inherited = false

    func run(in system: System) throws -> Int32 {
        let (pool, ignored) = PickingPool.read(pool)
        for part in ignored { Report.warning(Warning("`\(part)` is no range of ports, and is passed over")) }
        guard let pool else {
            Report.error(PortserverError.noPorts)
            return PortserverError.noPorts.exitStatus
        }
        let checkout = try Checkout(placeOptions.selection, system)
        let registry = try checkout.openRegistry()
        let server = Portserver(pool, in: registry, for: geteuid()) {
            var now = system
            now.readClocks()
            return checkout.later(in: now)
        }
        guard let signals = PortserverSignals() else { throw PortserverError.noDescriptors(code: errno) }
        let listener =
            inherited
            ? LocalListener(inherited: LocalListener.inheritedDescriptor)
            : try LocalListener(on: LocalSocketAddress(address))
        if !inherited {
            Report.notice("gives ports on \(address): PORTSERVER_ADDRESS=\(ShellWord.quoted(address))")
        }
        var loop = PortserverLoop(
            server, on: listener, signals, lifeline: inherited ? STDIN_FILENO : nil, isVerbose: verbose || debug)
        loop.run()
        if !inherited { loop.tellStatistics() }
        return 0
    }
}
