/// The folder where portrun keeps its files, beside the registry: where each kind of them is.
package struct StateFolder: Sendable, Equatable {
    /// Absolute.
    package let path: String
    private let home: String?

    /// - Parameter home: whose owner root works for, if it is root who uses the folder.
    package init(_ path: String, home: String? = nil) {
        self.path = path
        self.home = home
    }

    /// A folder in it. Whoever writes into one makes it, mode 0700.
    package enum Part: String, Sendable, CaseIterable {
        /// Files that compose gets beside a project's own, or in their place.
        case overrides
        /// Files that node loads before a server.
        case preload
        /// Procfiles that are run in the place of projects' own.
        case procfiles
        /// Notes of the networks that portrun has made, each called after its network.
        case networks
        /// Notes of the names that scripts give to containers and their kin.
        case names
        /// Notes of the daemons that commands of main worktrees have left running.
        case daemons
        /// Folders of links that lead scripts to portrun, one for each `PATH`.
        case shims
        /// Notes of the env files that `write` has brought in line.
        case written
        /// What the user has said of checkouts, for the shell hook.
        case allowed
        /// Files that are about to take the place of others, which the user named.
        case drafts
    }

    package func folder(of part: Part) -> String { "\(path)/\(part.rawValue)" }

    package func file(_ name: String, of part: Part) -> String { "\(path)/\(part.rawValue)/\(name)" }

    /// The files or folders of a part, in the order of their names; none where another user may change them.
    package func files(of part: Part) -> [String] {
        guard problem(of: part) == nil else { return [] }
        return (FileSystem.names(in: folder(of: part)) ?? []).sorted().map { file($0, of: part) }
    }

    /// Why the folder is not used; nil when it is, and when it is not there yet.
    package var problem: TrustError? { Trust.problem(at: path, served: home) }

    /// Why the folder of `part` is not used; nil when it is, and when it is not there yet.
    package func problem(of part: Part) -> TrustError? {
        Trust.problem(at: folder(of: part), served: path, isMadeAnew: true)
    }

    /// Why the folder and those in it are not used, and the folders above in which everybody could replace it.
    package var problems: [TrustError] {
        let parts = Part.allCases
        let folders = parts.map(folder) + files(of: .shims)
        return [problem].compactMap { $0 }
            + folders.compactMap { Trust.problem(at: $0, served: path, isMadeAnew: true) } + openFoldersAbove
    }

    /// A launch does not look at them, for whose folder it is shows in any case. A sticky one lets nobody else rename.
    private var openFoldersAbove: [TrustError] {
        var (folder, open): (String, [TrustError]) = (path, [])
        while folder != "/" {
            folder = Path.parent(folder)
            var status = stat()
            if stat(folder, &status) == 0, status.st_mode & 0o1002 == 0o002 {
                open.append(
                    .writable(
                        path: folder, owner: status.st_uid, mode: UInt32(status.st_mode & 0o7777), isMadeAnew: false))
            }
        }
        return open
    }

    /// The versions of the compose programs that have been asked.
    package var versions: String { "\(path)/versions" }

    /// True for a path in the folder of `part`, as it is written.
    package func holds(_ file: String, in part: Part) -> Bool { file.hasPrefix(folder(of: part) + "/") }

    /// The files that a process was about to put in the place of others when it died, a minute ago or more.
    ///
    /// - Parameter now: seconds since 1970.
    package func unfinished(now: Int64) -> [String] {
        var folders = [path] + files(of: .shims)
        for part in [Part.overrides, .preload, .procfiles, .networks, .names, .daemons, .written, .allowed, .drafts]
        where problem(of: part) == nil {
            folders.append(folder(of: part))
        }
        return folders.flatMap { FileSystem.unfinished(in: $0, now: now) }
    }
}
