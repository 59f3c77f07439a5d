import PortrunBase

/// What an open registry has come to: compared for equality only, and of one connection only.
package struct RegistryState: Sendable, Equatable {
    /// What others have written.
    let version: Int64
    /// What the connection itself has written.
    let writtenRows: Int32
}
