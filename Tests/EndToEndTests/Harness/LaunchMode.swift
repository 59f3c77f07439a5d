import PortrunBase
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

    /// The pid of portrun, found from that of the command which it runs.
    func launcher(of command: Int32) throws -> Int32 {
        switch self {
        case .child: try #require(ProcessTree.ancestors(of: command).first)
        case .replacing: command
        }
    }

    var testDescription: String { rawValue }
}
