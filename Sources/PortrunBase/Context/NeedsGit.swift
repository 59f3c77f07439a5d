/// The reasons to ask git itself about a repository, where portrun's own reading could give another answer.
package enum NeedsGit: Error, Equatable {
    /// A variable that moves the repository or adds to its configuration.
    case variable(String)
    /// A `.git` file that leads nowhere.
    case gitFile(path: String)
    /// A configuration file that cannot be read or is not well-formed.
    case configuration(path: String)
    /// A key with a value that git refuses or treats in a way of its own.
    case value(key: String)
    /// A format or extension that is not known here, such as reftable.
    case format(String)
    /// A worktree that does not hold its `.git`.
    case worktree(path: String)
    /// A HEAD that is neither a reference nor an object name.
    case head(path: String)
    /// A file of references that cannot be read.
    case references(path: String)
    /// A repository of somebody else's.
    case owner(path: String)
    /// A FIFO, a device, or more of something than any repository has. git would wait or work on it without end, so it
    /// is not asked either.
    case endless(path: String)
    /// More than a look at a project may read.
    case leftOut(LookEnd)

    /// True for what git would wait for, or work on for long.
    var isExcess: Bool {
        switch self {
        case .endless, .leftOut: true
        case .variable, .gitFile, .configuration, .value, .format, .worktree, .head, .references, .owner: false
        }
    }

    /// - Parameters:
    ///   - error: of the file at `path`.
    ///   - reason: where git may make something of the file.
    init(_ error: FileError, at path: String, else reason: NeedsGit) {
        switch error {
        case .tooLarge, .leftOut: self = .endless(path: path)
        case .notAFile where FileSystem.kind(of: path) == .other: self = .endless(path: path)
        case .notAFile, .failed, .owner, .untrusted: self = reason
        }
    }
}
