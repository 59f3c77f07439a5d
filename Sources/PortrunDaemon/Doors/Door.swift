import PortrunBase

/// A way into the daemon: a set of HTTP routes that can be opened on addresses of this machine.
///
/// A new door is a file `Door+NAME.swift` with one `static let`, named in `Door.all`. Its routes get a `DoorCall` and give a
/// response; what they throw as a `Problem`, or as an error of the library, is told in the door's own form.
package struct Door: Sendable {
    /// What `--door` calls it.
    package let name: String
    /// One line for `--help`.
    package let summary: String
    /// Where it is open when `--door` names no address.
    package let addresses: [LoopbackAddress]
    /// All that it answers; paths are unique for each method.
    package let routes: [Route]
    /// What its port is booked as for the machine while it is open; nil for a door whose port stays as it is.
    let bookedAs: ServiceName?
    /// How the door tells that something is wrong.
    package let refusal: @Sendable (Problem) -> Answer

    package init(
        name: String, summary: String, addresses: [LoopbackAddress], routes: [Route],
        bookedAs: ServiceName? = nil, refusal: @escaping @Sendable (Problem) -> Answer = \.answer
    ) {
        self.name = name
        self.summary = summary
        self.addresses = addresses
        self.routes = routes
        self.bookedAs = bookedAs
        self.refusal = refusal
    }

    /// The door of a name; nil where there is none.
    package static func named(_ name: String) -> Door? { all.first { $0.name == name } }
}
