import PortrunBase

/// Why portrun could not listen for a command.
package enum ListenError: ReportableError, Equatable {
    /// Another program has taken the port since it was found free.
    case busy(port: Port)
    /// The system refuses with `code` (an errno value).
    case failed(port: Port, code: Int32)
    /// The place of a socket is taken by a descriptor that the command would inherit.
    case occupied(descriptor: Int32)
    /// More sockets than can be handed over.
    case tooMany(count: Int)
    /// A command without a port of its own, and no service is named.
    case noService(command: String)

    package var message: String {
        switch self {
        case .busy(let port): "port \(port) is in use by another program"
        case .failed(let port, let code): "cannot listen on port \(port): \(String(cString: strerror(code)))"
        case .occupied(let descriptor):
            "descriptor \(descriptor) is open already, and sockets are handed over from 3 on"
        case .tooMany(let count): "\(count) sockets are more than \(ListeningSockets.limit)"
        case .noService(let command): "`\(command)` has no port of its own to listen on"
        }
    }

    package var hint: String? {
        switch self {
        case .busy, .failed, .tooMany: nil
        case .occupied(let descriptor): "close it for portrun, as a shell does with `\(descriptor)>&-`"
        case .noService: "name a service: `--listen api`"
        }
    }

    package var exitStatus: Int32 {
        switch self {
        case .busy, .failed, .occupied: 125
        case .tooMany, .noService: 64
        }
    }
}
