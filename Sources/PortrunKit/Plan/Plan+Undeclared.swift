import PortrunBase
import PortrunCompose
import PortrunLaunch

extension LaunchOptions {
    /// False where the user or the project switches translation off.
    func isTranslating(_ project: ComposeProject?, in checkout: Checkout) -> Bool {
        TranslationSetting(
            option: translating, machine: nil, project, relativeTo: checkout.workingDirectory
        ).omission == nil
    }
}

extension Plan {
    /// True where what a command listens on is the main worktree's, though it is in nobody's files but the source: that is the
    /// same in both. Then it runs under a supervisor, also where nothing has moved.
    ///
    /// Not for what never listens, connects or ends a program, nor for an ordinary user's command that is to become another one: it could not.
    static func leavesUndeclared(_ words: [String], in checkout: Checkout) -> Bool {
        guard checkout.context.isGuest, !checkout.isNamed, Translation.isSupported,
            case let call = words.map({ ScriptWord(text: $0) }),
            !ProgramCall.bindsNothing(call) || ProgramCall.isClient(call) || ProgramCall.endsPrograms(call)
        else { return false }
        return Trust.isRoot || RecipeUserChange.find(words, in: checkout.workingDirectory) == nil
    }
}
