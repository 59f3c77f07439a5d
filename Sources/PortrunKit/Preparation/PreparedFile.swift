import PortrunBase
import PortrunCompose

/// A file that a preparation wants to have on disk: a value until the caller writes it.
package enum PreparedFile: Sendable {
    /// The override file of a compose project.
    case override(ComposeOverride, FileOwner, name: String, state: StateFolder)
    /// A compose project's whole configuration, for a compose that is too old for an override.
    case configuration(String, FileOwner, path: String)
    /// What tells servers in node their port.
    case preload(NodePreload, state: StateFolder)
    /// A Procfile in the place of the one that is run.
    case procfile([UInt8], path: String)
    /// What other checkouts are to know of the names that the command gives.
    case notes([NameNote], NameNotes)
    /// The folder of links to portrun; it is seen to even where it is there.
    case shims(ShimFolder)

    /// Writes it, unless it is there.
    ///
    /// - Throws: `RemapError` or `FileError`.
    func write() throws {
        switch self {
        case .override(let override, let owner, let name, let state):
            _ = try override.save(as: name, for: owner, in: state)
        case .configuration(let text, let owner, let path): try RemapFile.save(text, for: owner, at: path)
        case .preload(let preload, let state): _ = try preload.save(in: state)
        case .procfile(let text, let path):
            try FileSystem.makeFolder(Path.parent(path))
            if !Trust.isFile(path, holding: text) { try FileSystem.replace(path, with: text) }
        case .notes(let notes, let folder): for note in notes { folder.add(note) }
        case .shims(let shims): try shims.make()
        }
    }

    /// The warning when it could not be written and the command runs without it; nil where it cannot.
    func warning(_ error: FileError) -> Warning? {
        switch self {
        case .override, .configuration, .notes: nil
        case .procfile: Warning("the processes of the Procfile keep their ports: cannot write \(error.message)")
        case .preload: Warning("servers in scripts keep their ports: cannot write \(error.message)")
        case .shims: Warning("compose inside this command keeps its ports: cannot write \(error.message)")
        }
    }
}
