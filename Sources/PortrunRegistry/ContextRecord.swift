import PortrunBase

/// A context as the registry knows it.
package struct ContextRecord: Sendable, Equatable {
    let id: Int64
    package let identity: String
    package let hash: String
    package let label: String
    package let path: String
    package let branch: String?
    /// The git directory that all worktrees share; nil outside git.
    package let repository: String?
    /// The compose project name given to it; nil while it has needed none.
    package let project: String?
    /// Seconds since 1970.
    package let lastUsed: Int64
    /// Whether another clone of the repository was ever seen.
    package let hasClones: Bool

    static let columns = "id, identity, hash, label, path, branch, repository, project, last_used, has_clones"

    init(_ row: Database.Row, first: Int32 = 0) {
        id = row.integer(first)
        identity = row.text(first + 1)
        hash = row.text(first + 2)
        label = row.text(first + 3)
        path = row.text(first + 4)
        branch = row.textOrNull(first + 5)
        repository = row.textOrNull(first + 6)
        project = row.textOrNull(first + 7)
        lastUsed = row.time(first + 8)
        hasClones = row.integer(first + 9) != 0
    }
}

/// The place of a context, which decides whether it is gone.
package struct ContextPlace: Sendable, Hashable {
    package let path: String
    package let branch: String?
    package let repository: String?
}

extension ContextRecord {
    /// True for the one that the machine's named ports belong to.
    package var isMachine: Bool { identity == Context.machine.identity }

    var place: ContextPlace { ContextPlace(path: path, branch: branch, repository: repository) }

    /// The label up to its first slash.
    package var app: String { label.parts(at: "/").before }

    /// The label after its first slash; empty when it has none.
    package var instance: String { label.parts(at: "/").after ?? "" }
}
