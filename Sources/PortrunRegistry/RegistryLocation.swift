import PortrunBase

/// Where the registry's file is.
package struct RegistryLocation: Sendable, Equatable {
    /// The absolute path of the SQLite file.
    package let path: String
    /// True where the environment alone does not lead to it from another folder.
    package let isNamedHere: Bool

    private let home: String?
    /// How long who opens it waits for others at most, in milliseconds; nil for the usual time.
    var longestWait: Int64?
    /// Tells this run of the system from all others, where the index of the log may be kept; nil where it may not.
    var boot: String?

    /// The folder of the file, made with mode 0700 when missing.
    package var folder: String { Path.parent(path) }

    /// The path without links, whether or not something is there: the names of what stands beside the file begin with it.
    package var file: String {
        var file = path
        // As many as Linux follows: path_resolution(7).
        for _ in 0..<40 {
            guard let target = FileSystem.link(at: file) else { break }
            file = Path.absolute(target, in: Path.parent(file))
        }
        return file
    }

    /// The folder as the place of portrun's other files.
    package var state: StateFolder { StateFolder(folder, home: home) }

    /// Why the file is not used, of which `status` tells; nil when it is.
    func problem(of status: stat) -> TrustError? { Trust.problem(of: status, at: path, served: home) }

    /// True when the folder is there and shared between machines.
    package var isOnNetworkFileSystem: Bool { NetworkFileSystem.holds(folder) }

    /// `--registry`, else `PORTRUN_REGISTRY`, else `portrun/registry.sqlite` below `XDG_STATE_HOME`, else below
    /// `~/.local/state`.
    ///
    /// A relative `XDG_STATE_HOME` is ignored, as the XDG Base Directory Specification says; the other two are taken
    /// from the working directory.
    package init(option: String?, system: System) throws(RegistryError) {
        home = system.home
        let environment = system.environment
        let directory = system.workingDirectory ?? "/"
        let variable = environment["PORTRUN_REGISTRY"] ?? ""
        isNamedHere = option != nil || (!variable.isEmpty && !variable.hasPrefix("/"))
        if let named = [option ?? "", variable].first(where: { !$0.isEmpty }) {
            path = Path.absolute(named, in: directory)
        } else if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            path = Path.absolute("portrun/registry.sqlite", in: state)
        } else if let home = system.home {
            path = Path.absolute(".local/state/portrun/registry.sqlite", in: home)
        } else {
            throw .noHome
        }
    }
}
