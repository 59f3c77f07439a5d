import PortrunBase
import PortrunCompose

/// A server of a known framework that a command starts, and how it can be told its port.
package struct FrameworkCall: Sendable, Equatable {
    package let framework: Framework
    /// The folder where it runs, absolute.
    package let folder: String
    /// The port that it takes when nobody tells it another: the project's files', else the framework's own.
    package let port: Port?
    /// Where a configuration file of the framework says that; nil where none does.
    package internal(set) var configured: ConfiguredPort?
    package internal(set) var route: Route
    /// Its arguments as the project's files have them, as far as no shell changes them.
    let arguments: [String]
    /// The file, where it is a script of the project's own; absolute.
    var script: String?
    /// The place of its process in the Procfile that is run; nil where none is.
    var process: Int?
    /// What the Procfile calls that.
    var processName: String?

    /// The script of a package that says the port; nil where none does.
    var place: ScriptPlace?
    /// The user has typed the port.
    var isTyped = false
    /// It is a script that nobody knows, and may be a client of another's port.
    var isGuess = false
    /// It starts once another has ended, if ever: one of the packages that npm goes through one by one.
    var isLater = false

    /// It is a server for sure: it has a port by itself, or its script reads `PORT`.
    var hasPort: Bool { port != nil || script != nil }

    /// How words reach the server.
    package enum Route: Sendable, Equatable {
        /// It needs none: it reads `PORT`, or the user has given a port.
        case none
        /// Its port can be told it by no way: what the project's files fix stays.
        case fixed
        /// Put into the command's words at a place, with further ones before them.
        case words(at: Int, behind: [String])
        /// Put into one of the command's words, the text of `sh -c`, at a place in it, with further words before them.
        case text(word: Int, at: Int, behind: [String])
        /// By the preload, in its own process.
        case preload
        /// By a variable of the framework's own.
        case variable
        /// Put into its line of a Procfile at a place, with further words before them.
        case line(at: Int, behind: [String])
        /// Its number in that line is another one.
        case lineNumber
        /// The line gives it another `PORT`.
        case linePort
    }
}
