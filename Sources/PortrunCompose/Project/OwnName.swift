import PortrunBase

/// The name that a thing gets in a checkout beside the main worktree, where the project's files and scripts give it one
/// name everywhere: the one place that says so, for override files and command lines alike.
package enum OwnName: Sendable, Equatable {
    /// `<project><ending>`: what compose calls after the project, such as `-db-1`.
    case ofProject(ending: String)
    /// Likewise, of a project that commands demand by `-p`.
    case ofDemanded(project: String, ending: String)
    /// The tag of an image that is built here.
    case image(String)
    /// In a filter: any name of the project's with this text in it.
    case containing(String)

    /// What a file or a script calls by a name of its own, such as a container: `<project>-<name>`.
    package static func given(_ name: String) -> OwnName { .ofProject(ending: "-" + name) }

    /// What a file has as a volume or network: `<project>_<key>`, as compose itself would call it.
    package static func entry(_ key: String) -> OwnName { .ofProject(ending: "_" + key) }

    /// - Parameter project: the compose project of the checkout.
    package func text(in project: String) -> String {
        switch self {
        case .ofProject(let ending): project + ending
        case .ofDemanded(let name, let ending): Self.project(name, own: project, mains: []) + ending
        case .containing(let text): "\(project)-.*\(text)"
        case .image(let name): ImageTag(name)?.isolated(for: project) ?? name
        }
    }

    /// The compose project of a checkout where a command demands the project `name`.
    ///
    /// - Parameters:
    ///   - own: the checkout's compose project.
    ///   - mains: what compose calls the project in the main worktree, as far as that is known: it is `own` here.
    package static func project(_ name: String, own: String, mains: [String]) -> String {
        if mains.contains(name) { return own }
        return name == own || name.hasSuffix("-" + own) ? name : "\(name)-\(own)"
    }
}
