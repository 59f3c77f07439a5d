import PortrunBase

/// What a transaction wants to know of checkouts, as far as it is known: to find it out may take longer than the registry
/// may be locked, since git has to be asked, say, or a disk that sleeps.
///
/// A transaction that wants to know more ends. The answer is found out while nobody waits for it, and the transaction
/// runs again. So an answer lasts from one attempt to the next, and no longer than the call that makes them.
final class Answers {
    /// Finds something out. It is given a way to look into the registry.
    typealias Question = (_ look: ((Database) throws -> Void) throws -> Void) throws -> Void

    /// How many questions are asked: with new ones at each attempt, because somebody else changes the registry as fast,
    /// a transaction would never end.
    private static let limit = 100

    private var question: Question?
    private var count = 0

    var standings: [CheckoutName: CheckoutStanding] = [:]
    var reasons: [ContextPlace: GoneReason?] = [:]
    /// The contexts that are gone, by their numbers.
    var goneContexts: [Int64: GoneContext]?

    /// True when an attempt is in vain, whatever else came of it.
    var isAsked: Bool { question != nil }

    /// Ends the attempt for the sake of `question`. It goes on with what it knows when too much was asked already.
    func ask(_ question: @escaping Question) throws(Unanswered) {
        count += 1
        guard count <= Self.limit else { return }
        self.question = question
        throw Unanswered()
    }

    /// Finds out what was asked; not to be called while the registry is locked.
    func find(_ look: ((Database) throws -> Void) throws -> Void) throws {
        let asked = question
        question = nil
        try asked?(look)
    }
}

/// Ends an attempt at a transaction, which comes again with an answer. Nobody outside sees it.
struct Unanswered: Error {}

/// A context that is gone.
struct GoneContext {
    let place: ContextPlace
    let reason: GoneReason
}
