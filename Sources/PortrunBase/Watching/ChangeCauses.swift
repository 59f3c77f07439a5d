/// What a `ChangeWatch` has woken for. Neither, when it was woken, or the time was over.
package struct ChangeCauses: Sendable, Equatable {
    /// The file, or one beside it whose name begins with its name, was written to, made, moved or removed.
    package var hasFileChanged = false
    /// One of the processes has ended.
    package var hasProcessEnded = false
}
