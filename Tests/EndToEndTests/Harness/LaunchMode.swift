import PortrunBase
import Testing

/// The ways of launching a command; nearly all that is promised holds for each.
enum LaunchMode: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case child, replacing
    #if os(Linux)
        /// With a localhost of the command's own, by the launcher alone: there is no registry and no overlay.
        case translated, translatedReplacing
    #endif

    /// Those of portrun itself.
    static let ofPortrun: [LaunchMode] = [.child, .replacing]

    /// The words of a shell command before the command to be launched; see `Scratch.shell`.
    var prefix: String {
        switch self {
        case .child: "\"$LAUNCHER\" --"
        case .replacing: "\"$LAUNCHER\" run --exec --"
        #if os(Linux)
            case .translated: "\"$TRANSLATED\" \(Self.entry) --"
            case .translatedReplacing: "\"$TRANSLATED\" --exec \(Self.entry) --"
        #endif
        }
    }

    /// The same as words.
    var words: [String] {
        switch self {
        case .child: [Program.portrun, "--"]
        case .replacing: [Program.portrun, "run", "--exec", "--"]
        #if os(Linux)
            case .translated: [Program.translated, Self.entry, "--"]
            case .translatedReplacing: [Program.translated, "--exec", Self.entry, "--"]
        #endif
        }
    }

    /// The pid of portrun, found from that of the command which it runs.
    func launcher(of command: Int32) throws -> Int32 {
        switch self {
        case .child: return try #require(ProcessTree.ancestors(of: command).first)
        case .replacing: return command
        #if os(Linux)
            // Its supervisor comes first.
            case .translated: return try #require(ProcessTree.ancestors(of: command).dropFirst().first)
            case .translatedReplacing: return command
        #endif
        }
    }

    #if os(Linux)
        /// Two ports that no test uses.
        private static let entry = "7=9"
    #endif

    var isTranslated: Bool { !Self.ofPortrun.contains(self) }

    var testDescription: String { rawValue }
}
