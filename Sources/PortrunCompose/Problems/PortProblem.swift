import PortrunBase

/// What can be wrong with an entry of `ports`.
package enum PortProblem: Error, Equatable {
    case containerPort(String)
    case hostPort(String)
    case address(String)
    case protocolName(String)
    case ranges(host: String, container: String)
    case noContainerPort
    case notAnInteger(String)

    package var message: String {
        switch self {
        case .containerPort(let text): "`\(text.clipped)` is no container port"
        case .hostPort(let text): "`\(text.clipped)` is no host port"
        case .address(let text): "`\(text.clipped)` is no IP address"
        case .protocolName(let text): "`\(text.clipped)` is none of tcp, udp and sctp"
        case .ranges(let host, let container): "`\(host)` and `\(container)` have different lengths"
        case .noContainerPort: "no container port"
        case .notAnInteger(let text): "`\(text.clipped)` is not a whole number"
        }
    }
}
