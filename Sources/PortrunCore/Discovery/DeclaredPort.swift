/// One port that a service of a compose project publishes.
///
/// An entry that maps a range to a range stands for as many of these as it has ports, as in compose.
package struct DeclaredPort: Sendable, Equatable {
    package var service: String
    /// The container port.
    package var target: Int
    /// As the file has it, in lower case: `tcp`, `udp`, `sctp`.
    package var protocolName: String
    /// nil for a protocol that portrun does not book, `sctp`.
    package var transport: TransportProtocol?
    /// `5432`, or `3000-3005` for a range of which Docker takes any; nil when Docker would choose one.
    package var published: String?
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
    /// So it has to occur nowhere else in the files, and carry neither an address nor a range nor a container port.
    package var feedsOnlyHostPort: Bool
    /// True for all but the first port of an entry that stands for several.
    package var isContinued = false
    /// How many containers the service has.
    package var replicas = 1
}
