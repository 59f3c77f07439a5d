extension FileSystem {
    /// The mode and owner of a file that takes another's place.
    package enum Access {
        /// This process's own, with the bits of the mode that the umask allows.
        case mode(mode_t)
        /// Mode, owner and group of the file that it replaces.
        case like(stat)
    }

    /// Writes the file at `path` as a whole: whoever reads it meanwhile finds the old content or the new.
    ///
    /// A link is replaced, not what it leads to. What another process has at the temporary path is never written to.
    /// - Parameters:
    ///   - isDurable: neither is lost when the system crashes, which costs a few writes to the disk.
    ///   - temporary: where it is written to at first, instead of a hidden path beside it that no other process has;
    ///     what is there is removed.
    package static func replace(
        _ path: String, with content: [UInt8], access: Access = .mode(0o600), isDurable: Bool = false,
        by temporary: String? = nil
    ) throws(FileError) {
        let folder = Path.parent(path)
        if let temporary { unlink(temporary) }
        // `unfinished(in:now:)` reads the end of it.
        let temporary =
            temporary
            ?? Path.absolute(".\(Path.lastName(path)).\(MonotonicClock.nanoseconds()).\(getpid())", in: folder)
        var mode: mode_t = 0o600
        if case .mode(let wanted) = access { mode = wanted }
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .failed(path: path, code: errno) }
        var isPlaced = false
        defer { if !isPlaced { unlink(temporary) } }
        do throws(FileError) {
            if case .like(let status) = access { try giveAccess(of: status, to: descriptor, path) }
            guard writeAll(content, to: descriptor), !isDurable || fsync(descriptor) == 0 else {
                throw .failed(path: path, code: errno)
            }
        } catch {
            close(descriptor)
            throw error
        }
        guard close(descriptor) == 0, rename(temporary, path) == 0 else { throw .failed(path: path, code: errno) }
        isPlaced = true
        if isDurable { flush(folder) }
    }

    private static func giveAccess(of status: stat, to descriptor: Int32, _ path: String) throws(FileError) {
        var own = stat()
        fstat(descriptor, &own)
        // Not even tried when it is the same: some file systems know no owners. It takes mode bits away, so it is first.
        if own.st_uid != status.st_uid || own.st_gid != status.st_gid,
            fchown(descriptor, status.st_uid, status.st_gid) != 0
        {
            throw .owner(path: path, code: errno)
        }
        guard fchmod(descriptor, status.st_mode & 0o7777) == 0 else { throw .failed(path: path, code: errno) }
    }

    private static func writeAll(_ content: [UInt8], to descriptor: Int32) -> Bool {
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return false }
            rest = rest.dropFirst(max(count, 0))
        }
        return true
    }

    /// A name is on disk with its folder only; where that cannot be asked for, the system does it by itself.
    private static func flush(_ folder: String) {
        let directory = open(folder, O_RDONLY | O_CLOEXEC)
        guard directory >= 0 else { return }
        fsync(directory)
        close(directory)
    }

    /// Makes the folder at `path`, mode 0700, unless it is there.
    package static func makeFolder(_ path: String) throws(FileError) {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw .failed(path: path, code: errno) }
    }

    /// The files in `folder` that a process was about to put in the place of others when it died, a minute ago or more.
    ///
    /// - Parameter now: seconds since 1970.
    package static func unfinished(in folder: String, now: Int64) -> [String] {
        (names(in: folder) ?? []).sorted().map { "\(folder)/\($0)" }.filter { path in
            guard let dot = path.lastIndex(of: "."), let pid = Int32(path[path.index(after: dot)...]), pid > 0,
                let written = modified(path)
            else { return false }
            // In another pid namespace the process may live.
            return now - Int64(written.tv_sec) > 60 && kill(pid, 0) != 0 && errno == ESRCH
        }
    }
}
