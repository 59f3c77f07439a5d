/// Looks up many paths of few folders, as `gc` has to.
///
/// A folder that is asked about again is read once, which answers for all that is in it: a look at each path would be
/// a walk through all the folders above it.
package final class PathLookup {
    private typealias Entries = [String: FileSystem.Kind]

    /// What is in each folder that was read; nil for one that one path has been looked up in.
    private var folders: [String: Entries?] = [:]
    /// The last one that was asked about: most questions are about that one again.
    private var last: (folder: String, entries: Entries)?

    package init() {}

    /// What stands at the absolute path `path`, links followed, or nil when nothing can be found there.
    package func kind(of path: String) -> FileSystem.Kind? {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return kind(of: String(path[path.utf8.index(after: slash)...]), in: String(path[..<slash]))
    }

    /// Likewise for what has `name` in the folder at `folder`.
    package func kind(of name: String, in folder: String) -> FileSystem.Kind? {
        // What is a link or nowhere is looked at by itself: only that proves that it is gone.
        entries(of: folder)?[name] ?? FileSystem.kind(of: "\(folder)/\(name)")
    }

    private func entries(of folder: String) -> Entries? {
        if let last, last.folder == folder { return last.entries }
        guard let seen = folders[folder] else {
            folders[folder] = .some(nil)
            return nil
        }
        guard let entries = seen ?? FileSystem.entries(in: folder) else { return nil }
        folders[folder] = entries
        last = (folder, entries)
        return entries
    }
}

extension FileSystem {
    /// The plain files and folders in the folder at `path`; nil when it cannot be read.
    fileprivate static func entries(in path: String) -> [String: Kind]? {
        guard let directory = opendir(path.isEmpty ? "/" : path) else { return nil }
        defer { closedir(directory) }
        var entries: [String: Kind] = [:]
        entries.reserveCapacity(64)
        while let entry = readdir(directory) {
            let kind: Kind
            switch entry.pointee.d_type {
            case UInt8(DT_REG): kind = .file
            case UInt8(DT_DIR): kind = .directory
            case _: continue
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            entries[name] = kind
        }
        return entries
    }
}
