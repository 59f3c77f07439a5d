import CProcess

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
    ///   - drafts: a folder of portrun's own. Where the file system lets it, a process that is killed leaves what it had
    ///     written there, or nothing, instead of a file beside the one at `path`.
    package static func replace(
        _ path: String, with content: [UInt8], access: Access = .mode(0o600), isDurable: Bool = false,
        by temporary: String? = nil, drafts: String? = nil
    ) throws(FileError) {
        let folder = Path.parent(path)
        if let temporary { unlink(temporary) }
        let beside = temporary ?? draft(of: path, in: folder)
        var mode: mode_t = 0o600
        if case .mode(let wanted) = access { mode = wanted }
        var descriptor = drafts == nil ? -1 : portrun_open_unnamed(folder, mode)
        var placed: String?
        defer { if let placed { unlink(placed) } }
        if descriptor < 0 {
            descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
            guard descriptor >= 0 else { throw .failed(path: path, code: errno) }
            placed = beside
        }
        do throws(FileError) {
            if case .like(let status) = access {
                try giveAccess(of: status, to: descriptor, path)
            } else {
                giveToOwner(of: folder, descriptor)
            }
            guard writeAll(content, to: descriptor), !isDurable || fsync(descriptor) == 0 else {
                throw .failed(path: path, code: errno)
            }
        } catch {
            close(descriptor)
            throw error
        }
        if placed == nil, let drafts {
            // A name on another file system it cannot have.
            placed = [draft(of: path, in: drafts), beside].first { portrun_give_name(descriptor, $0) }
        }
        guard close(descriptor) == 0 else { throw .failed(path: path, code: errno) }
        guard let from = placed else {
            // Nor any without /proc.
            return try replace(path, with: content, access: access, isDurable: isDurable, by: temporary)
        }
        guard rename(from, path) == 0 else { throw .failed(path: path, code: errno) }
        placed = nil
        if isDurable { flush(folder) }
    }

    /// A path that no other process has. `unfinished(in:now:)` knows it by its form.
    package static func draft(of path: String, in folder: String) -> String {
        Path.absolute(".\(Path.lastName(path)).\(MonotonicClock.nanoseconds()).\(getpid())", in: folder)
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

    /// - Returns: false with `errno` set when not all could be written.
    package static func writeAll(_ content: [UInt8], to descriptor: Int32) -> Bool {
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

    /// The files in `folder` that a process was about to put in the place of others when it died, a minute ago or more.
    ///
    /// - Parameters:
    ///   - name: that of the file to be replaced; nil for all.
    ///   - now: seconds since 1970.
    package static func unfinished(in folder: String, of name: String? = nil, now: Int64) -> [String] {
        (names(in: folder) ?? []).sorted().compactMap { draft in
            guard let pid = process(ofDraft: draft, of: name) else { return nil }
            let path = "\(folder)/\(draft)"
            var status = stat()
            // In another pid namespace the process may live.
            guard lstat(path, &status) == 0, now - Int64(modified(status).tv_sec) > 60, kill(pid, 0) != 0,
                errno == ESRCH
            else { return nil }
            return path
        }
    }

    /// Who made a file called `draft`, if it is one of `draft(of:in:)`.
    private static func process(ofDraft draft: String, of name: String?) -> Int32? {
        let parts = draft.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 3, parts[0].isEmpty, UInt64(parts[parts.count - 2]) != nil,
            let pid = Int32(parts[parts.count - 1]), pid > 0,
            name == nil || parts[1..<(parts.count - 2)].joined(separator: ".") == name
        else { return nil }
        return pid
    }
}
