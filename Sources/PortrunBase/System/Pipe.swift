import CProcess

/// A pipe(2) whose ends no program inherits by itself.
package struct Pipe: Sendable {
    /// To read from.
    package let output: Int32
    /// To write to.
    package let input: Int32

    /// nil where the system has none left, with errno set.
    package init?() {
        var ends: [Int32] = [-1, -1]
        guard portrun_make_pipe(&ends) else { return nil }
        (output, input) = (ends[0], ends[1])
    }
}
