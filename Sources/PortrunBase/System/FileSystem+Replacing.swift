extension FileSystem {
    /// Writes the file at `path` as a whole, mode 0600: whoever reads it meanwhile finds the old content or the new.
    ///
    /// - Parameter temporary: where it is written to at first; by default a path that no other process has.
    package static func replace(
        _ path: String, with content: [UInt8], by temporary: String? = nil
    ) throws(FileError) {
        let temporary = temporary ?? "\(path).\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .failed(path: temporary, code: errno) }
        let isWritten = write(descriptor, content, content.count) == content.count
        guard close(descriptor) == 0, isWritten, rename(temporary, path) == 0 else {
            let failure = FileError.failed(path: path, code: errno)
            unlink(temporary)
            throw failure
        }
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
