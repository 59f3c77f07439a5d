/// A socket that waits for whoever comes, and a process that has it open.
package struct HeldSocket: Sendable, Equatable {
    package let socket: BoundSocket
    package let process: ListeningProcess
    /// The one of the folders that were asked for in which the process runs.
    package let folder: String
}
