/// Whether nobody can change a file or folder behind this user's back.
///
/// As ssh and sudo see it: it belongs to this user or to root, and the bits of its mode let nobody else write to it.
/// That a folder is sticky changes nothing: others could put there what is not there yet.
package enum Trust {
    /// Why the file or folder with `status` at `path` is not trusted; nil when it is.
    ///
    /// - Parameters:
    ///   - served: a file or folder whose owner is trusted too when this is root, who works for that user then.
    ///   - isMadeAnew: portrun makes another one where this is moved away.
    package static func problem(
        of status: stat, at path: String, served: String?, isMadeAnew: Bool = false
    ) -> TrustError? {
        guard isTrusted(status.st_uid, served: served) else { return .foreign(path: path, owner: status.st_uid) }
        guard status.st_mode & 0o022 == 0 else {
            return .writable(
                path: path, owner: status.st_uid, mode: UInt32(status.st_mode & 0o7777), isMadeAnew: isMadeAnew)
        }
        return nil
    }

    /// Likewise of what is at `path`, or at the end of the link that is there; nil also when nothing is.
    package static func problem(at path: String, served: String?, isMadeAnew: Bool = false) -> TrustError? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        if status.st_mode & S_IFMT == S_IFLNK {
            guard isTrusted(status.st_uid, served: served) else {
                return .link(path: path, owner: status.st_uid, target: FileSystem.link(at: path) ?? "")
            }
            guard stat(path, &status) == 0 else { return nil }
        }
        return problem(of: status, at: path, served: served, isMadeAnew: isMadeAnew)
    }

    /// True for a file at `path`, and no link, that nobody else can change.
    package static func isFile(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
            && problem(of: status, at: path, served: Path.parent(path)) == nil
    }

    /// Whether `owner` is this user, root, or the user for whom root works.
    package static func isTrusted(_ owner: uid_t, served: String?) -> Bool {
        if owner == 0 || owner == geteuid() { return true }
        guard geteuid() == 0, let served else { return false }
        var status = stat()
        return stat(served, &status) == 0 && status.st_uid == owner
    }
}
