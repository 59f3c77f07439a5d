/// Looks up many paths of few folders, as `gc` has to.
///
/// A folder that is asked about again is read once, which answers for all that is in it: a look at each path would be
/// a walk through all the folders above it.
package final class PathLookup {
    /// The folders asked about so far; nil for one that was asked about once, and was not read yet.
    private var folders: [ExactString: Folder?] = [:]
    /// The last one that was asked about: most questions are about that one again.
    private var last: Folder?
    private let cache: NameCache?

    private final class Folder {
        let path: [UInt8]
        let names: NameSet

        package init(path: [UInt8], names: NameSet) {
            self.path = path
            self.names = names
        }
    }

    /// - Parameter cache: knows folders from before.
    package init(cache: NameCache? = nil) { self.cache = cache }

    /// The kind of file at the absolute path `path`, links followed, or nil when nothing can be found there.
    package func kind(of path: String) -> FileSystem.Kind? {
        var bytes = path
        let known = bytes.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return FileSystem.Kind?.none }
            return self.folder(UnsafeRawBufferPointer(rebasing: bytes[..<slash]))?
                .names.kind(of: UnsafeRawBufferPointer(rebasing: bytes[(slash + 1)...]))
        }
        // A link, or a name that is not there, is looked at by itself: only that proves that it is gone.
        return known ?? FileSystem.kind(of: path)
    }

    /// Likewise for what has `name`, which has no slash in it, in the folder at `folder`.
    package func kind(of name: String, in folder: String) -> FileSystem.Kind? {
        var (name, folder) = (name, folder)
        let known = folder.withUTF8 { folder in
            self.folder(UnsafeRawBufferPointer(folder)).flatMap { folder in
                name.withUTF8 { folder.names.kind(of: UnsafeRawBufferPointer($0)) }
            }
        }
        return known ?? FileSystem.kind(of: "\(folder)/\(name)")
    }

    private func folder(_ bytes: UnsafeRawBufferPointer) -> Folder? {
        if let last, last.path.count == bytes.count,
            bytes.isEmpty || memcmp(last.path, bytes.baseAddress!, bytes.count) == 0
        {
            return last
        }
        let path = bytes.isEmpty ? "/" : String(decoding: bytes, as: UTF8.self)
        let names =
            if let seen = folders[path] {
                seen?.names ?? self.names(at: path) { NameSet(folder: path) }
            } else {
                cache?.names(at: path)
            }
        let folder = names.map { Folder(path: Array(bytes), names: $0) }
        folders[path] = .some(folder)
        if folder != nil { last = folder }
        return folder
    }

    /// The names that `read` gives for the folder or file at `path`, remembered while that is unchanged.
    func names(at path: String, read: () -> NameSet?) -> NameSet? {
        guard let cache else { return read() }
        return cache.names(at: path, read: read)
    }
}

extension NameSet {
    /// The plain files and folders in the folder at `path`; nil when it cannot be read.
    fileprivate init?(folder path: String) {
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        self.init()
        while let entry = readdir(directory) {
            let kind: FileSystem.Kind
            switch entry.pointee.d_type {
            case UInt8(DT_REG): kind = .file
            case UInt8(DT_DIR): kind = .directory
            case _: continue
            }
            withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) {
                    insert(UnsafeRawBufferPointer(start: $0, count: strlen($0)), kind)
                }
            }
        }
    }
}
