import PortrunCore
import PortrunRegistry

extension Harvest {
    /// Adds what is left of checkouts outside the registry, and removes it unless it is only to be shown.
    ///
    /// Asks an engine only where portrun has made a network, and then as long as that engine takes.
    mutating func addLeavings(in workplace: Workplace, isDryRun: Bool) {
        let state = workplace.location.folder
        for (path, owner) in FileOwner.files(in: state) {
            guard let reason = reason(toDropFilesOf: owner) else { continue }
            if !isDryRun, unlink(path) != 0 { continue }
            files.append((path, reason))
        }
        for note in NetworkNote.all(in: state) {
            // A launch makes the network some time before its containers.
            guard !held.contains(note.owner.context), workplace.surroundings.now - note.time > 60 else { continue }
            if case .unused = note.network.state(by: note.engine, environment: workplace.userEnvironment) {
                networks.append(note.network.name)
            }
            if !isDryRun { note.settle(environment: workplace.userEnvironment) }
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
