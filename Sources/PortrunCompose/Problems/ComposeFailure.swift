import PortrunBase

/// What is wrong with a text, and in which line.
package struct ComposeFailure: Error, Equatable {
    /// Counted from 1.
    package var line: Int
    package var problem: ComposeProblem
}
