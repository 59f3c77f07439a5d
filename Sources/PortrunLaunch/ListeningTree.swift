import PortrunBase

/// The ports that the processes of a command listen on.
enum ListeningTree {
    /// A process that listens on a TCP port.
    struct Listener {
        let port: Port
        let pid: Int32
        /// The name of its executable.
        let name: String
        /// A portrun, this one or one inside, has told the process this port for one of its services.
        let isTold: Bool
    }
}
