/// Looks up many paths of few folders, as `gc` has to.
///
/// The folder of the last one stays open: a look at the next path in it is then no walk through all the folders above.
package final class PathLookup {
    /// The path of the open folder, with the slash at its end and a NUL.
    private var folder: [CChar] = [0]
    private var descriptor: Int32 = -1

    package init() {}

    deinit { closeFolder() }

    /// What stands at the absolute path `path`, links followed, or nil when nothing can be found there.
    package func kind(of path: String) -> FileSystem.Kind? {
        path.withCString { bytes in
            guard let slash = strrchr(bytes, CInt(UInt8(ascii: "/"))) else { return nil }
            let length = slash - UnsafeMutablePointer(mutating: bytes) + 1
            if folder.count != length + 1 || memcmp(bytes, folder, length) != 0 { openFolder(bytes, length) }
            // One that may be searched and not read is not opened.
            return descriptor < 0 ? FileSystem.kind(of: path) : FileSystem.kind(of: slash + 1, in: descriptor)
        }
    }

    /// Opens the folder whose path is the first `length` bytes at `path`.
    private func openFolder(_ path: UnsafePointer<CChar>, _ length: Int) {
        closeFolder()
        folder = Array(UnsafeBufferPointer(start: path, count: length)) + [0]
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }

    private func closeFolder() {
        if descriptor >= 0 { close(descriptor) }
    }
}
