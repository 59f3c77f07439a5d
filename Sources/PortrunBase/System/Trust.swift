/// Whether nobody can change a file or folder behind this user's back.
///
/// As ssh and sudo see it: it belongs to this user or to root, and the bits of its mode let nobody else write to it.
/// That a folder is sticky changes nothing: others could put there what is not there yet.
package enum Trust {
    /// Why the file or folder with `status` at `path` is not trusted; nil when it is.
    ///
    /// - Parameter served: a file or folder whose owner is trusted too when this is root, who works for that user then.
    package static func problem(of status: stat, at path: String, served: String?) -> TrustError? {
        guard isTrusted(status.st_uid, served: served) else { return .foreign(path: path, owner: status.st_uid) }
        guard status.st_mode & 0o022 == 0 else {
            return .writable(path: path, owner: status.st_uid, mode: UInt32(status.st_mode & 0o7777))
        }
        return nil
    }

    /// Likewise of what is at `path`, links followed; nil also when nothing is.
    package static func problem(at path: String, served: String?) -> TrustError? {
        var status = stat()
        return stat(path, &status) == 0 ? problem(of: status, at: path, served: served) : nil
    }

    /// Whether `owner` is this user, root, or the user for whom root works.
    package static func isTrusted(_ owner: uid_t, served: String?) -> Bool {
        if owner == 0 || owner == geteuid() { return true }
        guard geteuid() == 0, let served else { return false }
        var status = stat()
        return stat(served, &status) == 0 && status.st_uid == owner
    }
}
