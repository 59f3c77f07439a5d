import PortrunBase
import PortrunCompose

/// The compose projects of a checkout whose things a command line of docker may call by name: the one that compose finds by
/// itself, then those that scripts name.
///
/// The scripts are read, once, when the first name is asked about that is none of the first one's. The main worktree calls
/// all by their own names, and reads none.
final class NamedProjects {
    struct NamedProject {
        let project: ComposeProject
        /// What compose calls it in the main worktree.
        let mainNames: [String]
        /// What scripts call it by `-p`; nil where they leave that to compose.
        let demanded: String?
    }

    private let own: NamedProject?
    private let readScripted: () -> [NamedProject]
    private lazy var scripted = readScripted()

    init(_ own: ComposeProject?, in checkout: Checkout) {
        func named(_ project: ComposeProject, demanded: String?) -> NamedProject {
            NamedProject(
                project: project, mainNames: checkout.mainProjects(of: project, isDemanded: demanded != nil),
                demanded: demanded)
        }
        self.own = own.map { named($0, demanded: nil) }
        if checkout.context.isMain {
            readScripted = { [] }
        } else {
            readScripted = {
                let found = ScriptedProjects(in: checkout, besides: own, Look())
                let ofOwn = found.ofKnown.compactMap { request in
                    own.flatMap { own in request.projectName.map { named(own, demanded: $0) } }
                }
                return found.all.map { named($0.project, demanded: $0.request.projectName) } + ofOwn
            }
        }
    }

    /// What `find` makes of the first project of which it makes something.
    func first<Found>(_ find: (NamedProject) -> Found?) -> Found? {
        if let own, let found = find(own) { return found }
        for project in scripted {
            if let found = find(project) { return found }
        }
        return nil
    }

    func contains(where isMeant: (NamedProject) -> Bool) -> Bool { first { isMeant($0) ? true : nil } ?? false }
}
