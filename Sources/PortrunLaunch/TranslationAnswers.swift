import PortrunBase

/// What the supervisor of a translated command asks, and whom it tells what it sees.
package struct TranslationAnswers {
    /// Called with what the supervisor sees.
    package var tell: (TranslationEvent) -> Void
    /// Called when the command would listen on a port in no entry on which a process outside listens, or nobody where that is
    /// asked for first: gives the port that is to stand in its place, nil for none.
    package var move: (Port, ListeningProcess?) -> Port?
    /// Called when the command would connect to a port in no entry on which somebody listens, where a port is asked for
    /// first: gives the port that is to stand in its place, nil for none.
    package var find: (Port) -> Port?
    /// Called when a portrun below has booked something: gives the entries that are new since the start, or lead elsewhere.
    package var renew: () -> [Translation.Entry]
    /// Called when a process of the command would end one outside of it, or a group where the number is negative, where a port
    /// is asked for first: gives the process that is not to be ended, nil for none.
    package var spare: (_ target: Int32, _ caller: Int32) -> Int32?

    package init(
        tell: @escaping (TranslationEvent) -> Void = { _ in },
        move: @escaping (Port, ListeningProcess?) -> Port? = { _, _ in nil },
        find: @escaping (Port) -> Port? = { _ in nil },
        renew: @escaping () -> [Translation.Entry] = { [] },
        spare: @escaping (_ target: Int32, _ caller: Int32) -> Int32? = { _, _ in nil }
    ) {
        self.tell = tell
        self.move = move
        self.find = find
        self.renew = renew
        self.spare = spare
    }
}
