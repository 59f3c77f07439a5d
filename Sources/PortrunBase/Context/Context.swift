/// One checkout on one branch, one folder outside git, or what the user named.
package struct Context: Sendable, Equatable {
    /// Two contexts with the same identity are the same one.
    ///
    /// `<origin url>:<branch>` in a repository with an origin, `<worktree root>:<branch>` in one without, the
    /// absolute path outside git, and the name when one was given. The url stands here as git says it, a
    /// password included: show `hash` or `label` instead.
    package let identity: String

    /// `<repository>/<branch>` for people, such as `myapp/feature-auth`; outside git the folder's name alone.
    ///
    /// `ContextLabel` says what becomes of a name. Labels are not unique.
    package let label: String

    /// The label up to its first slash.
    package let app: String

    /// The label after its first slash; empty when it has none.
    package let instance: String

    /// The root of the worktree; outside git the project's folder. Absolute, without links.
    package let path: String

    /// The url of origin as git says it, without what may be a password.
    package let remote: String?

    /// The branch, also while it is being rebased or bisected; nil with a detached HEAD.
    package let branch: String?

    /// The git directory that all worktrees share; nil outside git and for a context that the user named.
    ///
    /// A named context does not end with the branch it was made on, so there is nothing to look for in a
    /// repository.
    package let repository: String?

    /// Whether this is the main worktree on the default branch; false for a context that the user named.
    package let isMain: Bool

    /// True where another checkout has the ports that the project declares: in a linked worktree of a repository that
    /// has a main one, and in the second clone on one branch.
    package internal(set) var isGuest = false

    /// The path of another clone of the repository, while this one counts as its guest: one that runs something, or for a
    /// linked worktree's submodule that of the main worktree; else nil.
    package internal(set) var cloneBeside: String?

    /// The working directory seen from `path`; empty at the root and outside of it.
    package let folder: String

    /// Warnings about the way the context was found.
    package let warnings: [Warning]

    /// True for a folder outside git.
    package var isPlainFolder: Bool { identity == path }

    /// True in a linked worktree of a repository that has no main one, until it counts as a guest.
    package var isInBareRepository: Bool {
        guard let repository, !isGuest || cloneBeside != nil else { return false }
        return Path.parent(repository) != path
    }

    /// The first 12 of the hexadecimal digits of the MD5 of `identity`.
    package var hash: String { String(MD5.hexadecimal(of: identity.utf8).prefix(12)) }

    /// The same checkout with its path in its identity, for the second clone on one branch.
    ///
    /// It counts as main no longer, so that it does not share a compose project with the first one.
    package func qualifiedByPath() -> Context {
        Context(
            identity: "\(identity)@\(path)", label: label, app: app, instance: instance, path: path,
            remote: remote, branch: branch, repository: repository, isMain: false, isGuest: true, folder: folder,
            warnings: warnings)
    }

    /// The same checkout as a guest of another clone of the repository, at `path`.
    package func beside(cloneAt path: String) -> Context {
        var result = self
        (result.isGuest, result.cloneBeside) = (true, path)
        return result
    }

    /// The object that `portrun context --json` prints.
    package var json: JSONValue {
        .object([
            "hash": .string(hash), "label": .string(label), "path": .string(path),
            "remote": .string(orNull: remote), "branch": .string(orNull: branch), "app": .string(app),
            "instance": .string(instance),
        ])
    }
}
