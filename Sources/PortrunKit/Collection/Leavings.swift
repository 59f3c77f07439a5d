import PortrunBase
import PortrunCompose
import PortrunRegistry

/// The things that portrun has written and made for checkouts outside the registry.
struct Leavings {
    let files: [(path: String, owner: FileOwner)]
    let networks: [NetworkNote]
    let shims: [String]
    /// The files that a launch had not finished writing when it was killed.
    let unfinished: [String]

    /// - Parameters:
    ///   - state: where portrun keeps its files.
    ///   - now: seconds since 1970.
    init(in state: StateFolder, now: Int64) {
        let unfinished = state.unfinished(now: now)
        self.unfinished = unfinished
        files = FileOwner.files(in: state).filter { !unfinished.contains($0.path) }
        networks = NetworkNote.all(in: state)
        shims = state.files(of: .shims)
    }

    /// The hashes of the contexts they belong to.
    var owners: Set<ExactString> { Set(of: files.map(\.owner.context) + networks.map(\.owner.context)) }
}

extension CollectionOutcome {
    /// Adds those of `leavings` that nobody needs any more, and removes them unless it is only to be shown.
    ///
    /// Asks an engine only where portrun has made a network, and then as long as that engine takes.
    mutating func add(_ leavings: Leavings, in checkout: Checkout, isDryRun: Bool) {
        for (path, owner) in leavings.files {
            guard let reason = reason(toDropFilesOf: owner) else { continue }
            if !isDryRun, unlink(path) != 0 { continue }
            files.append((path, reason))
        }
        for path in leavings.unfinished {
            if !isDryRun, unlink(path) != 0 { continue }
            files.append((path, .ended))
        }
        // A command that runs may have one in its `PATH`.
        for shims in leavings.shims where isIdle && ShimFolder.isUnused(shims, now: checkout.system.now) {
            files.append((shims, .stale))
            if !isDryRun { ShimFolder.remove(shims) }
        }
        for note in leavings.networks {
            // A launch makes the network some time before its containers.
            guard !held.contains(note.owner.context), checkout.system.now - note.time > 60 else { continue }
            if case .unused = note.network.state(by: note.engine, environment: checkout.userEnvironment) {
                networks.append(note.network.name)
            }
            if !isDryRun { note.settle(environment: checkout.userEnvironment) }
        }
    }

    /// A context that the registry does not know may be another registry's.
    private func reason(toDropFilesOf owner: FileOwner) -> Reason? {
        if remaining.contains(owner.context) { return nil }
        switch gone[owner.context] {
        case .path: return .path
        case .branch: return .branch
        case nil: return FileSystem.kind(of: owner.folder) == nil ? .path : nil
        }
    }
}
