/// The place from which a process sees others: a pid or a port means something there only.
package struct Vantage: Sendable, Equatable {
    /// Differs after each start of the system. Containers have that of their host. Empty where it cannot be read.
    package var bootID: String
    /// The machine: an id of its installation or hardware, and where that can be shared its name behind a slash.
    package var host: String
    /// The pid namespace; empty where it cannot be told.
    ///
    /// A time namespace shifts the start times that a process reads, so another one than the system's is part of it.
    package var pidNamespace: String
    /// The network namespace: two ports collide in the same one only.
    ///
    /// `host` for that of the machine, else its number, which another one may get once it has ended.
    package var networkNamespace: String

    package init(bootID: String, host: String, pidNamespace: String, networkNamespace: String) {
        self.bootID = bootID
        self.host = host
        self.pidNamespace = pidNamespace
        self.networkNamespace = networkNamespace
    }

    /// False where only a name tells the machine from others, which two can have in common.
    var isHostKnown: Bool { !host.isEmpty && !host.hasPrefix("/") }
}
