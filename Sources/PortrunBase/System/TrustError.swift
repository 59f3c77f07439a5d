/// Why portrun does not use a file or folder of its own: another user may change what it keeps there.
package enum TrustError: ReportableError, Equatable {
    /// It belongs to another user.
    case foreign(path: String, owner: UInt32)
    /// Others may write to it; whether portrun makes another one by itself, where this may hold what they have put there.
    case writable(path: String, owner: UInt32, mode: UInt32, isMadeAnew: Bool)
    /// Another user's link leads to `target`.
    case link(path: String, owner: UInt32, target: String)
    /// A link or a second name of a file, or none of the user's for whom root works.
    case alias(path: String, owner: UInt32)

    package var message: String {
        switch self {
        case .foreign(let path, let owner):
            "`\(path)` belongs to another user, \(UserName.of(owner)), who may change what portrun keeps there"
        case .writable(let path, let owner, let mode, _):
            "other users may write to `\(path)`, which belongs to \(UserName.of(owner)) (mode \(String(mode, radix: 8)))"
        case .link(let path, let owner, let target):
            "`\(path)`, which leads to `\(target)`, is a link of another user's, \(UserName.of(owner))"
        case .alias(let path, let owner):
            "`\(path)` of \(UserName.of(owner)) is a link, or another name of some file: root does not write to it"
        }
    }

    package var hint: String? {
        switch self {
        case .foreign(let path, _):
            // Whoever owns the folder can rename what is in it.
            Self.isOwn(Path.parent(path)) ? Self.moving(path) : Self.elsewhere
        case .writable(let path, let owner, let mode, isMadeAnew: true):
            // What the group could put there is still to be seen.
            owner == geteuid() && mode & 0o002 == 0 && Self.holdsOwnOnly(path)
                ? "chmod go-w \(ShellWord.quoted(path))" : Self.moving(path)
        case .writable(let path, let owner, let mode, isMadeAnew: false):
            // A folder such as /tmp is meant to be so.
            owner == geteuid() && (owner != 0 || mode & 0o1000 == 0)
                ? "chmod go-w \(ShellWord.quoted(path))" : Self.elsewhere
        case .link: Self.elsewhere
        case .alias(let path, _): Self.moving(path)
        }
    }

    private static let elsewhere =
        "name a file in a folder that only you may write to, with `--registry` or `PORTRUN_REGISTRY`"

    private static func moving(_ path: String) -> String {
        "mv \(ShellWord.quoted(path)) \(ShellWord.quoted(path + ".old"))"
    }

    private static func holdsOwnOnly(_ folder: String) -> Bool {
        (FileSystem.names(in: folder) ?? []).allSatisfy { name in
            var status = stat()
            return lstat("\(folder)/\(name)", &status) == 0 && status.st_uid == geteuid()
        }
    }

    private static func isOwn(_ folder: String) -> Bool {
        var status = stat()
        return stat(folder, &status) == 0 && status.st_uid == geteuid() && status.st_mode & 0o1000 == 0
    }
}
