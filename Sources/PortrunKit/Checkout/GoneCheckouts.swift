import PortrunBase
import PortrunRegistry

/// Tells of many contexts whether their folders and branches are gone, with one look at each repository.
final class GoneCheckouts {
    private let environment: Environment
    private let cache: NameCache?
    private lazy var folders = PathLookup(cache: cache)
    private lazy var branchFiles = PathLookup(cache: cache)
    private lazy var repositories: [ExactString: GitBranches] = [:]
    /// The last one that was asked about: the next context is often of the same one.
    private var last: (repository: String, branches: GitBranches)?

    /// - Parameter cache: knows folders from before.
    init(environment: Environment, cache: NameCache? = nil) {
        self.environment = environment
        self.cache = cache
    }

    /// Why the context at `place` is gone; nil while it is there, and when that cannot be told.
    func reason(_ place: ContextPlace) -> GoneReason? {
        guard folders.kind(of: place.path) != nil else {
            // A name that is no UTF-8 is not known byte for byte.
            let isKnown = !place.path.unicodeScalars.contains("\u{FFFD}")
            return isKnown && FileSystem.isAbsent(place.path) ? .path : nil
        }
        guard let repository = place.repository, let branch = place.branch else { return nil }
        switch branches(of: repository).state(of: branch) {
        case .gone: return .branch
        case .exists, .unknown: return nil
        }
    }

    private func branches(of repository: String) -> GitBranches {
        if let last, last.repository == repository { return last.branches }
        let branches =
            repositories[repository] ?? GitBranches(of: repository, environment: environment, paths: branchFiles)
        repositories[repository] = branches
        last = (repository, branches)
        return branches
    }
}
