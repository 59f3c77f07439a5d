import PortrunBase

extension RegistryLocation {
    /// Makes a registry without bookings, and puts it in its place when it is whole.
    ///
    /// SQLite finds a file's journal and log by its name. A process that still has another file open which stood there
    /// before would take the journal of one that is being made in its place for its own, roll it back and drop the log.
    ///
    /// To be called by one process at a time, which has the lock beside the file.
    func make(_ warn: @escaping (Warning) -> Void) throws(RegistryError) {
        let file = file
        let draft = file + ".new"
        let companions = ["-journal", "-wal", "-shm"]
        for suffix in [""] + companions { unlink(draft + suffix) }
        defer { for suffix in companions { unlink(draft + suffix) } }
        try makeFile(draft)
        do throws(RegistryError) {
            try write(draft, warn)
        } catch {
            unlink(draft)
            throw error
        }
        guard rename(draft, file) == 0 else { throw failure(errno) }
    }

    /// Fills the empty file `draft`, and leaves nothing of it in its log.
    private func write(_ draft: String, _ warn: @escaping (Warning) -> Void) throws(RegistryError) {
        let database = try Database(path: draft, named: path, longestWait: longestWait, warn: warn)
        try database.fill(in: folder)
        try database.script("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Makes `path` and the folders above it, the last one for this user alone.
    func makeFolder(_ path: String) throws(RegistryError) {
        if mkdir(path, 0o700) == 0 { return FileSystem.giveToOwnerOfFolder(path) }
        if errno == EEXIST { return }
        guard errno == ENOENT, path != "/" else { throw .folder(path: path, code: errno) }
        try makeFolder(Path.parent(path))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .folder(path: path, code: errno) }
        FileSystem.giveToOwnerOfFolder(path)
    }

    /// SQLite would give the file the umask's mode; its log and index take the file's own.
    private func makeFile(_ path: String) throws(RegistryError) {
        let descriptor = PortrunBase.open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(errno) }
        FileSystem.giveToOwner(of: Path.parent(path), descriptor)
        close(descriptor)
    }

    private func failure(_ code: Int32) -> RegistryError {
        code == ENOSPC || code == EDQUOT
            ? .full(path: path)
            : .unusable(path: path, reason: String(cString: strerror(code)))
    }
}
