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
}
