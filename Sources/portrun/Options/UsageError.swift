import PortrunBase

/// A command line that asks for something impossible.
enum UsageError: ReportableError, Equatable {
    /// `run` without a command.
    case noCommand
    /// `-C` names a folder that cannot be entered (an errno value).
    case directory(path: String, code: Int32)
    /// `--strict` or another option with `--exec`.
    case nobodyWatches(option: String)
    /// More words than are read at once.
    case tooManyWords(count: Int, limit: Int)
    /// A word that is not what its place wants.
    case invalid(what: String, word: String, wanted: String)
    /// ArgumentParser's message about the words after `portrun`, or after the name of a subcommand.
    case notUnderstood(String, subcommand: String?)
    /// The first word is no subcommand.
    case noSubcommand(String)
    /// The options that compose commands get from a portrun further out, in a variable, are none.
    case inherited(variable: String)
    /// A negative number, which looks like an option and is none.
    case negative(String, subcommand: String?)

    var message: String {
        switch self {
        case .noCommand: "no command to run"
        case .directory(let path, let code): "cannot enter `\(path)`: \(String(cString: strerror(code)))"
        case .nobodyWatches(let option): "`\(option)` needs portrun beside the command, and `--exec` replaces it"
        case .tooManyWords(let count, let limit): "\(count) words: at most \(limit) are read at once"
        case .invalid(let what, let word, let wanted): "invalid \(what) `\(Self.shortened(word))`: not \(wanted)"
        case .notUnderstood(let text, _): text
        case .noSubcommand(let word): "there is no subcommand `\(Self.shortened(word))`"
        case .inherited(let variable): "`\(variable)` in the environment holds no options of `portrun run`"
        case .negative(let word, _): "`\(Self.shortened(word))`: no number may be negative"
        }
    }

    var hint: String? {
        switch self {
        case .noCommand: "put it behind `--`: `portrun -- npm run dev`"
        case .directory: nil
        case .nobodyWatches: "leave one of the two out"
        case .tooManyWords: "call portrun several times, or put the words of a command behind `--`"
        case .notUnderstood(_, let subcommand?), .negative(_, let subcommand?):
            "`portrun \(subcommand) --help` shows how it is used"
        case .invalid, .notUnderstood(_, nil), .negative(_, nil): "`portrun --help` shows how commands are used"
        case .inherited: "portrun itself sets it for compose commands inside a run; unset it"
        case .noSubcommand: "`portrun --help` lists them; a command to run stands behind `--`"
        }
    }

    var exitStatus: Int32 {
        switch self {
        case .noCommand, .nobodyWatches, .tooManyWords, .invalid, .notUnderstood, .noSubcommand, .inherited, .negative:
            64
        case .directory: 125
        }
    }

    /// The characters of a word that a message shows.
    static let wordLimit = 60

    /// The start of a long word; what the user typed is known to them.
    static func shortened(_ word: String) -> String {
        TerminalText.cut(TerminalText.onOneLine(word), to: wordLimit)
    }
}
