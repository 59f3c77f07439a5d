import PortrunBase

/// Something in a compose project that two checkouts of it cannot both have, or that still names a port which moved.
package struct ComposeFinding: Sendable, Equatable {
    package var kind: Kind
    /// The service it is about; nil for a volume or network of the whole project.
    package var service: String?
    /// The name in question: of a container, volume, network or image, of a variable, or a port or subnet.
    package var name: String?
    /// The absolute path of the file that says so, `-` for standard input.
    package var file: String
    /// Counted from 1.
    package var line: Int
    /// One clause for people.
    package var message: String

    /// The names are those that `discover --json` prints.
    package enum Kind: String, Sendable, CaseIterable {
        /// `network_mode: host`: whatever the service binds is unseen
        case hostNetwork = "host_network"
        /// a published number that several replicas would all need
        case replicas
        case containerName = "container_name"
        case volumeName = "volume_name"
        case networkName = "network_name"
        /// a fixed `subnet`
        case subnet
        /// a service's fixed `ipv4_address` or `ipv6_address`
        case address
        /// the tag of an image that is built here
        case image
        /// `localhost:<port>` in a value, of a port that has moved
        case oldPort = "old_port"
        /// a variable that could have moved a port if it did not decide something inside the network too
        case variable
    }
}

extension ComposeFinding {
    /// The finding as one line for people, with its file relative to `folder`.
    package func warning(relativeTo folder: String) -> Warning {
        Warning(file: file == "-" ? "standard input" : Path.shortest(file, from: folder), line: line, message)
    }
}
