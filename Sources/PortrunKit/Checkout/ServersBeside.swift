import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// What listens in other checkouts of the repository, for one whose declared ports are the main worktree's: it may have been
/// started without portrun, by number alone, so that nobody has booked it.
///
/// A class, since nearly every launch has none.
final class ServersBeside: Sendable {
    private let servers: [HeldSocket]
    /// The folder of the checkout that has the numbers which the files here declare.
    private let main: String?
    /// What it is called by; nil where that is not known.
    private let labelOfMain: String?

    /// Programs that serve whoever is on the machine, and no project, wherever they were started: tunnels and tools.
    static let ofMachine: Set = [
        "ssh", "sshd", "autossh", "kubectl", "cloudflared", "ngrok", "adb", "ollama", "chromedriver", "geckodriver",
        "code", "cursor", "gopls", "tailscaled", "mitmproxy", "mitmdump", "portrund",
    ]

    /// Looks at the sockets of the machine, and where one may be of the kind at the processes in those folders. Nobody is
    /// waited for, and nothing is said of what does not become known.
    ///
    /// - Parameter port: the only one that is asked for; nil for all.
    /// - Returns: nil where there is none.
    init?(in checkout: Checkout, on port: Port? = nil) {
        guard checkout.context.isGuest, !checkout.isNamed else { return nil }
        let ephemeral = port == nil ? EphemeralPorts.current() : nil
        let sockets = (BoundSocket.all(on: port, .tcp) ?? []).filter {
            ephemeral?.contains($0.port) != true && !PortExpectation.isOfTool($0.port)
        }
        if sockets.isEmpty { return nil }
        let main = Self.folderOfMain(beside: checkout)
        servers = Self.holders(of: sockets, in: checkout)
        self.main = main
        labelOfMain = servers.contains { $0.folder == main } ? checkout.placeOfMain()?.label : nil
        if servers.isEmpty { return nil }
    }

    /// Who has which of `sockets` in other checkouts of the repository, for one whose declared ports are the main worktree's.
    static func holders(of sockets: [BoundSocket], in checkout: Checkout) -> [HeldSocket] {
        guard !checkout.isNamed, let repository = checkout.context.repository else { return [] }
        let folders = folders(beside: checkout, of: repository)
        let daemons = DaemonNotes(in: checkout.state).all()
        return ListeningProcess.holders(of: sockets, in: [checkout.context.path] + folders, besides: daemons).filter {
            $0.folder != checkout.context.path && !$0.process.isContainerEngine && !ofMachine.contains($0.process.name)
                && !checkout.isOwn($0.process)
        }
    }

    /// The folders of the other checkouts of a repository, as far as git tells, with that of the clone beside this one.
    static func folders(beside checkout: Checkout, of repository: String) -> [String] {
        let main = [folderOfMain(beside: checkout)].compactMap { $0 }
        return (main + checkout.linkedWorktrees(of: repository)).filter { $0 != checkout.context.path }
    }

    private static func folderOfMain(beside checkout: Checkout) -> String? {
        if let clone = checkout.firstClone { return clone }
        guard let repository = checkout.context.repository, Path.lastName(repository) == ".git" else { return nil }
        return Path.parent(repository)
    }

    /// What those checkouts would have booked, as far as portrun had started it.
    ///
    /// - Parameter known: what they have.
    func bookings(besides known: [RelativeBooking]) -> [RelativeBooking] {
        var numbers = DeclaredMarks()
        for relative in known where relative.booking.transport == .tcp {
            numbers.mark(relative.booking.ports, .tcp)
            if relative.isOfMain { numbers.mark(relative.booking.declaredPorts, .tcp) }
        }
        var bookings: [RelativeBooking] = []
        for server in servers {
            let port = server.socket.port
            guard !numbers.overlap(PortRange(port), .tcp),
                let service = ServiceName("port")?.appending(Int(port.number))
            else { continue }
            numbers.mark(PortRange(port), .tcp)
            let isOfMain = server.folder == main
            let label =
                known.first { $0.path == server.folder }?.label ?? (isOfMain ? labelOfMain : nil)
                ?? Path.lastName(server.folder)
            let booking = Booking(
                id: 0, service: service, port: port, transport: .tcp, target: nil, variable: nil, source: .learned,
                isEphemeral: false, lastUsed: 0, declared: port)
            bookings.append(
                RelativeBooking(
                    booking: booking, label: label, path: server.folder, isOfMain: isOfMain))
        }
        return bookings
    }
}
