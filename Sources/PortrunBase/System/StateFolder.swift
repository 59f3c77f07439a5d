/// The folder where portrun keeps its files, beside the registry: where each kind of them is.
package struct StateFolder: Sendable, Equatable {
    /// Absolute.
    package let path: String

    package init(_ path: String) { self.path = path }

    /// A folder in it. Whoever writes into one makes it, mode 0700.
    package enum Part: String, Sendable {
        /// Files that compose gets beside a project's own, or in their place.
        case overrides
        /// Files that node loads before a server.
        case preload
        /// Notes of the networks that portrun has made, each called after its network.
        case networks
        /// Folders of links that lead scripts to portrun, one for each `PATH`.
        case shims
        /// What the user has said of checkouts, for the shell hook.
        case allowed
    }

    package func folder(of part: Part) -> String { "\(path)/\(part.rawValue)" }

    package func file(_ name: String, of part: Part) -> String { "\(path)/\(part.rawValue)/\(name)" }

    /// The files or folders of a part, in the order of their names.
    package func files(of part: Part) -> [String] {
        (FileSystem.names(in: folder(of: part)) ?? []).sorted().map { file($0, of: part) }
    }

    /// The versions of the compose programs that have been asked.
    package var versions: String { "\(path)/versions" }

    /// True for a path in the folder of `part`, as it is written.
    package func holds(_ file: String, in part: Part) -> Bool { file.hasPrefix(folder(of: part) + "/") }

    /// The files that a process was about to put in the place of others when it died, a minute ago or more.
    ///
    /// - Parameter now: seconds since 1970.
    package func unfinished(now: Int64) -> [String] {
        [Part.overrides, .preload, .networks, .allowed].flatMap { FileSystem.unfinished(in: folder(of: $0), now: now) }
    }
}
