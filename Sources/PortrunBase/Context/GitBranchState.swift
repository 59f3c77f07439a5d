/// Whether a branch that a booking was made on is still there.
package enum GitBranchState: Sendable, Equatable {
    case exists
    case gone
    /// The repository itself is gone, or cannot be read.
    case unknown
}
