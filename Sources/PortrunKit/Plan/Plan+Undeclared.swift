import PortrunBase
import PortrunLaunch

extension Plan {
    /// True where what a command listens on is the main worktree's, though it is in nobody's files but the source: that is the
    /// same in both. Then it runs under a supervisor, also where nothing has moved.
    ///
    /// Not for what never listens, nor for an ordinary user's command that is to become another one: it could not.
    static func leavesUndeclared(_ words: [String], in checkout: Checkout) -> Bool {
        guard checkout.context.isGuest, !checkout.isNamed, Translation.isSupported,
            !ProgramCall.bindsNothing(words.map { ScriptWord(text: $0) })
        else { return false }
        return Trust.isRoot || RecipeUserChange.find(words, in: checkout.workingDirectory) == nil
    }
}
