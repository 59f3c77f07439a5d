import Testing

/// The two ways of launching a command; nearly all that is promised holds for both.
enum LaunchMode: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case child, replacing

    /// The words of a shell command before the command to be launched; see `Scratch.shell`.
    var prefix: String {
        switch self {
        case .child: "\"$LAUNCHER\" --"
        case .replacing: "\"$LAUNCHER\" run --exec --"
        }
    }

    /// The same as words.
    var words: [String] {
        switch self {
        case .child: [Program.portrun, "--"]
        case .replacing: [Program.portrun, "run", "--exec", "--"]
        }
    }

    var testDescription: String { rawValue }
}
