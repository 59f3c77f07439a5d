/// The fate of a published port that the project's files fix, when somebody else has its number.
package enum FixedPortPolicy: String, Sendable, CaseIterable {
    /// It moves.
    case remap
    /// The project keeps the number, and nothing is booked for it.
    case keep
    /// Nothing is started.
    case fail
}
