import PortrunBase

/// A word of a command line or a script.
struct ScriptWord: Sendable, Equatable {
    var text: String
    /// The user has typed it; false for what the project's files have.
    var isTyped = false
    /// It is what the program will see; false where a shell puts something in the place of `$…`, `*` and such.
    var isLiteral = true

    /// True for a word of the shell before a command.
    var opensCommand: Bool {
        ["if", "then", "else", "elif", "while", "until", "do", "!", "{", "time"].contains(text)
    }
}
