import PortrunBase

/// The answers that a transaction has to its questions about checkouts.
///
/// An answer may take longer than the registry may be locked: git has to be asked, or a disk sleeps. So a transaction
/// ends when it asks something new. The answer is found out while others may write, and the transaction runs again.
/// Answers last for all attempts at one transaction.
final class Answers {
    /// Finds an answer. Its argument reads the registry.
    typealias Question = (_ look: ((Database) throws -> Void) throws -> Void) throws -> Void

    /// The number of questions after which none is asked any more. A transaction would never end if somebody else
    /// changed the registry before each attempt.
    private static let limit = 100

    private var question: Question?
    private var count = 0

    var standings: [CheckoutName: CheckoutStanding] = [:]
    var reasons: [ContextPlace: GoneReason?] = [:]
    /// What listens, where that was asked of more ports than are probed.
    var listeners: Listeners?
    /// Whether a stranger listens, by transport and number, where many listeners were asked about.
    var strangers: [Int32: Bool] = [:]
    /// Whether a program of the checkout listens, likewise.
    var own: [Int32: Bool] = [:]
    /// Whether a container of the checkout has the port, likewise.
    var ownContainers: [Int32: Bool] = [:]
    /// The ports that the project names elsewhere.
    var named: [PortRange]?
    /// The contexts that are gone, by their numbers.
    var goneContexts: [Int64: GoneContext]?

    /// True when a question waits for its answer: the attempt is in vain.
    var isAsked: Bool { question != nil }

    /// Ends the attempt with `question`. After too many questions it returns, and the caller goes on without an answer.
    func ask(_ question: @escaping Question) throws(Unanswered) {
        count += 1
        guard count <= Self.limit else { return }
        self.question = question
        throw Unanswered()
    }

    /// Finds the answer to the question. The registry must not be locked meanwhile.
    func find(_ look: ((Database) throws -> Void) throws -> Void) throws {
        let asked = question
        question = nil
        try asked?(look)
    }
}

/// Ends an attempt at a transaction, which runs again with an answer. No caller sees it.
struct Unanswered: Error {}

/// A context that is gone.
struct GoneContext {
    let place: ContextPlace
    let reason: GoneReason
}
