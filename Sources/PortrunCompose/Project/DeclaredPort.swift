import PortrunBase

/// One port that a service of a compose project publishes.
///
/// An entry that maps a range to a range stands for as many of these as it has ports, as in compose.
package struct DeclaredPort: Sendable, Equatable {
    package var service: String
    /// The container port.
    package var target: Int
    /// `tcp`, `udp`, `sctp`; in the long form whatever the file has.
    package var protocolName: String
    /// nil for a protocol that portrun does not book, `sctp`.
    package var transport: TransportProtocol?
    package var published: PublishedPort
    /// As written, without the brackets of the short form: `127.0.0.1`, `::1`.
    package var hostIP: String?
    /// The variable whose value the published port is, or would be if it were set.
    package var variable: String?
    /// The absolute path of the file with the entry, `-` for standard input.
    package var file: String
    /// The entry's line, counted from 1.
    package var line: Int
    package var isActive: Bool
    package var kind: ServiceKind
    /// True when setting `variable` to a bare number moves this published port, and others of its kind, but nothing else.
    ///
    /// So it carries neither an address nor a range nor a container port, and occurs elsewhere only in URLs of the host
    /// side; where else it does, `ComposeProject.insideUse(of:)` tells. And its name passes the `VariableGate`. A
    /// `MirroredPort` counts too: its container goes along.
    package var feedsOnlyHostPort: Bool
    /// True when `target` is the value of `variable` as well.
    package var isMirrored = false
    /// The keys of the long form alone, as written; nil where one is left out, which compose tells from an empty one.
    package var mode: String?
    package var name: String?
    package var appProtocol: String?
    /// Keys that start with `x-`.
    package var extensions: JSONValue.KeyValuePairs = [:]
    /// True for all but the first port of an entry that stands for several.
    package var isContinued = false
    /// How many containers the service has.
    package var replicas = 1
}
