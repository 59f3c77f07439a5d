import PortrunBase

/// Replaces a file as a whole: whoever opens it reads the old content or the new one, and after a crash too.
///
/// A link stays, and the file that it leads to is replaced. Mode, owner and group are kept; another hard link keeps the
/// old content, and what else there is, such as an ACL, goes. Who writes to the file between `init` and `write` loses
/// that: no system call replaces a file only if it is unchanged.
package struct FileReplacement {
    /// Without links.
    let path: String
    /// nil when there is none yet.
    package let content: [UInt8]?
    private let status: stat?

    /// - Parameter name: absolute.
    package init(_ name: String) throws(WriteError) {
        if let real = FileSystem.resolved(name) {
            path = real
            var status = stat()
            guard stat(real, &status) == 0 else { throw .file(.failed(path: name, code: errno)) }
            self.status = status
            do { content = try FileSystem.read(real) } catch { throw .file(error) }
        } else {
            guard FileSystem.link(at: name) == nil else { throw .danglingLink(path: name) }
            path = name
            content = nil
            status = nil
        }
    }

    /// - Parameter isKeepingBackup: leave the old content beside it, in a file with `.bak` behind its name.
    package func write(_ new: [UInt8], isKeepingBackup: Bool) throws(WriteError) {
        if isKeepingBackup, let content { try place(content, at: path + ".bak") }
        try place(new, at: path)
    }

    private func place(_ content: [UInt8], at path: String) throws(WriteError) {
        let folder = Path.parent(path)
        let temporary = Path.absolute(".\(Path.lastName(path)).\(getpid())", in: folder)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, status == nil ? 0o666 : 0o600)
        guard descriptor >= 0 else { throw .file(.failed(path: path, code: errno)) }
        var isPlaced = false
        defer {
            close(descriptor)
            if !isPlaced { unlink(temporary) }
        }
        if let status {
            var own = stat()
            fstat(descriptor, &own)
            // Not even tried when it is the same: some file systems know no owners. It takes mode bits away, so it is first.
            if own.st_uid != status.st_uid || own.st_gid != status.st_gid,
                fchown(descriptor, status.st_uid, status.st_gid) != 0
            {
                throw .owner(path: path, code: errno)
            }
            guard fchmod(descriptor, status.st_mode & 0o7777) == 0 else {
                throw .file(.failed(path: path, code: errno))
            }
        }
        guard Self.write(content, to: descriptor), fsync(descriptor) == 0, rename(temporary, path) == 0 else {
            throw .file(.failed(path: path, code: errno))
        }
        isPlaced = true
        // The name is on disk with the folder only; where that cannot be asked for, the system does it by itself.
        let directory = open(folder, O_RDONLY | O_CLOEXEC)
        if directory >= 0 {
            fsync(directory)
            close(directory)
        }
    }

    private static func write(_ content: [UInt8], to descriptor: Int32) -> Bool {
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { PortrunBase.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return false }
            rest = rest.dropFirst(max(count, 0))
        }
        return true
    }
}
