extension GitLocation {
    /// Leaves a repository that belongs to somebody else to git, which refuses it unless the user trusts it
    /// (git-config(1), `safe.directory`; setup.c, ensure_valid_ownership).
    ///
    /// Reading it runs no command, but what it says decides about ports, names and files all the same.
    func checkOwner(_ environment: Environment) throws(NeedsGit) {
        guard isOwn(in: environment) else { throw .owner(path: root) }
    }

    /// Whether the folder, its `.git` and the git directory belong to whoever asks.
    func isOwn(in environment: Environment) -> Bool {
        guard Self.isOwn(root, environment) else { return false }
        // A git directory by itself.
        if root == gitDirectory { return true }
        let entry = Path.absolute(".git", in: root)
        return Self.isOwn(entry, environment) && (entry == gitDirectory || Self.isOwn(gitDirectory, environment))
    }

    /// Root counts as the user who became root by sudo(8), too (git-compat-util.h, is_path_owned_by_current_uid).
    private static func isOwn(_ path: String, _ environment: Environment) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        let user = geteuid()
        if status.st_uid == user { return true }
        guard user == 0, let text = environment["SUDO_UID"], !text.isEmpty else { return false }
        var end: UnsafeMutablePointer<CChar>?
        return text.withCString {
            errno = 0
            let number = strtoul($0, &end, 10)
            return errno == 0 && end?.pointee == 0 && uid_t(truncatingIfNeeded: number) == status.st_uid
        }
    }
}
