import PortrunBase
import PortrunCompose
import PortrunLaunch
import PortrunRegistry

/// A command as somebody called it.
package struct Invocation: Sendable {
    /// Byte for byte; never empty.
    package var arguments: [[UInt8]]
    /// The same for reading, in the place of a tool with that tool's own name; none where nobody typed a command.
    package var words: [String]
    /// What the command is given on standard input, when that is a compose file.
    package var composeFile: [UInt8]?
    /// The files to try for the program where portrun stands in the place of a tool; nil where `PATH` tells.
    package var candidates: [[UInt8]]?

    /// True in the place of a tool: no word is for portrun.
    package var isVerbatim: Bool { candidates != nil }

    package init(
        arguments: [[UInt8]], words: [String], composeFile: [UInt8]? = nil, candidates: [[UInt8]]? = nil
    ) {
        precondition(!arguments.isEmpty, "a command has a name")
        self.arguments = arguments
        self.words = words
        self.composeFile = composeFile
        self.candidates = candidates
    }
}
