import CProcess

extension FileSystem {
    /// Makes the folder at `path`, mode 0700, unless it is there and nobody else may change it.
    package static func makeFolder(_ path: String) throws(FileError) {
        if mkdir(path, 0o700) == 0 { return giveToOwnerOfFolder(path) }
        guard errno == EEXIST else { throw .failed(path: path, code: errno) }
        if let problem = Trust.problem(at: path, served: Path.parent(path), isMadeAnew: true) {
            throw .untrusted(problem)
        }
    }

    /// Gives the open file that this process has just made in `folder` to the owner of that.
    ///
    /// Only root does: where it works in a user's home, that user goes on with what it made. SQLite does so with a
    /// database's log, and like there it is no failure where the file system knows no owners.
    package static func giveToOwner(of folder: String, _ descriptor: Int32) {
        guard let owner = otherOwner(of: folder) else { return }
        // A second name may be one that another user has made for a file of root's: link(2).
        var status = stat()
        guard fstat(descriptor, &status) == 0, kind(of: status) == .file, status.st_uid == 0, status.st_nlink <= 1
        else {
            return
        }
        _ = fchown(descriptor, owner.st_uid, owner.st_gid)
    }

    /// Likewise with the folder or link at `path`, which it has just made.
    package static func giveToOwnerOfFolder(_ path: String) {
        guard let owner = otherOwner(of: Path.parent(path)) else { return }
        portrun_give_to(path, owner.st_uid, owner.st_gid)
    }

    /// The status of `folder` if this is root and the folder is another user's.
    private static func otherOwner(of folder: String) -> stat? {
        guard geteuid() == 0 else { return nil }
        var status = stat()
        return stat(folder, &status) == 0 && status.st_uid != 0 ? status : nil
    }
}
