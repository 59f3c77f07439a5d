/// Whether nobody can change a file or folder behind this user's back.
///
/// As ssh and sudo see it: it belongs to this user or to root, and the bits of its mode let nobody else write to it.
/// That a folder is sticky changes nothing: others could put there what is not there yet.
package enum Trust {
    /// Whether this process is root's, which may work in a folder of somebody else's.
    package static var isRoot: Bool { geteuid() == 0 }

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
            let owner = status.st_uid
            let isThere = stat(path, &status) == 0
            guard isTrusted(owner, served: nil) || isThere && mayLead(owner, to: status, served: served) else {
                return .link(path: path, owner: owner, target: FileSystem.link(at: path) ?? "")
            }
            guard isThere else { return nil }
        }
        return problem(of: status, at: path, served: served, isMadeAnew: isMadeAnew)
    }

    /// Whether a link of `owner`'s may lead this process to what has `status`: root, who works for that user, follows it
    /// to what the user could change as well, and nowhere else.
    private static func mayLead(_ owner: uid_t, to status: stat, served: String?) -> Bool {
        status.st_uid == owner && isTrusted(owner, served: served)
    }

    /// Why root, who works for the owner of the file with `status` at `path`, does not open `companion` beside it: what is
    /// written to it could be another file; nil when nothing is there.
    package static func problem(ofCompanion companion: String, of status: stat) -> TrustError? {
        var other = stat()
        guard geteuid() == 0, status.st_uid != 0, lstat(companion, &other) == 0 else { return nil }
        let isPlain = other.st_mode & S_IFMT == S_IFREG && other.st_nlink == 1
        guard isPlain, other.st_uid == 0 || other.st_uid == status.st_uid else {
            return .alias(path: companion, owner: other.st_uid)
        }
        return nil
    }

    /// True for a file at `path`, and no link, that nobody else can change.
    package static func isFile(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
            && problem(of: status, at: path, served: Path.parent(path)) == nil
    }

    /// Likewise for one that holds `content`; root does not take that for granted of a file whose owner it works for.
    package static func isFile(_ path: String, holding content: [UInt8]) -> Bool {
        isFile(path) && (geteuid() != 0 || (try? FileSystem.read(path, limit: content.count)) == content)
    }

    /// Whether `owner` is this user, root, or the user for whom root works.
    package static func isTrusted(_ owner: uid_t, served: String?) -> Bool {
        if owner == 0 || owner == geteuid() { return true }
        guard geteuid() == 0, let served else { return false }
        var status = stat()
        return stat(served, &status) == 0 && status.st_uid == owner
    }
}
