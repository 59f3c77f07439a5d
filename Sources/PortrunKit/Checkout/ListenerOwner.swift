import PortrunBase
import PortrunRegistry

/// Whose a server on a port is, as seen from a checkout whose declared ports are the main worktree's.
enum ListenerOwner {
    /// Another checkout's of the repository: it runs in that one's folder, or a command there has started it.
    case relative
    /// Nobody's whom portrun knows.
    case unknown(ListeningProcess)
    /// This checkout's, a container's, a tool's of the machine, another user's, or nobody listens.
    case other

    /// - Parameter isEphemeral: the kernel hands the port out by itself; who has it is looked for in the other checkouts'
    ///   folders alone, since tests connect to very many such.
    init(of port: Port, isEphemeral: Bool = false, in checkout: Checkout, _ registry: Registry) {
        self = .other
        if ServersBeside(in: checkout, on: port) != nil {
            self = .relative
        } else if !isEphemeral, let process = ListeningProcess.find(on: port, .tcp) {
            self.init(of: process, in: checkout, registry)
        }
    }

    private init(of process: ListeningProcess, in checkout: Checkout, _ registry: Registry) {
        guard !process.isContainerEngine, !ServersBeside.ofMachine.contains(process.name), !checkout.isOwn(process)
        else {
            self = .other
            return
        }
        self = checkout.folder(besideThisOneOf: process, in: registry) == nil ? .unknown(process) : .relative
    }
}
