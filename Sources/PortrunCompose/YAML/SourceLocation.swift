import PortrunBase

/// A place in one of the files that a reader has opened, in its list of them.
struct SourceLocation: Sendable, Hashable {
    var file: UInt32
    /// Counted from 1.
    var line: UInt32
    /// Counted from 1.
    var column: UInt32
}
