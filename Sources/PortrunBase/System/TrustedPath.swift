/// The way to a file through links that nobody else can turn elsewhere.
package enum TrustedPath {
    /// `path` (absolute) with every link in it resolved, as far as something is there.
    ///
    /// A link's owner alone can put another in its place where the folder is not writable for others, and in a sticky
    /// folder such as /tmp: path_resolution(7), and symlink(7) under «Ownership, permissions, and timestamps».
    /// - Parameter folder: whether the folder at the end is looked at as well.
    /// - Throws: `TrustError` for a link of another user's, unless this is root and the file is that user's as well, and
    ///   for a folder at the end of a link in which others may write.
    package static func resolved(_ path: String, checking folder: Bool = true) throws(TrustError) -> String {
        var (resolved, rest) = ("", names(path))
        // As many as Linux follows: path_resolution(7).
        var linkCount = 0
        while let name = rest.popLast() {
            if name == ".." {
                resolved = resolved.isEmpty ? "" : Path.parent(resolved)
                if resolved == "/" { resolved = "" }
                continue
            }
            let next = resolved + "/" + name
            var status = stat()
            guard lstat(next, &status) == 0, status.st_mode & S_IFMT == S_IFLNK, linkCount < 40,
                let target = FileSystem.link(at: next)
            else {
                resolved = next
                continue
            }
            guard Trust.isTrusted(status.st_uid, served: path) else {
                throw .link(path: next, owner: status.st_uid, target: path)
            }
            linkCount += 1
            if target.hasPrefix("/") { resolved = "" }
            rest += names(target)
        }
        if resolved.isEmpty { resolved = "/" }
        if folder, let problem = Trust.problem(at: Path.parent(resolved), served: Path.parent(path)) { throw problem }
        return resolved
    }

    /// The last one first.
    private static func names(_ path: String) -> [String] {
        path.split(separator: "/").filter { $0 != "." }.map(String.init).reversed()
    }
}
