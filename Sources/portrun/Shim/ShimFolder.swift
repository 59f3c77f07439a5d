import PortrunCore

/// The folder of links by which a script finds portrun where it asks for docker or its kin.
///
/// There is one for each set of tools that somebody has in `PATH`, for a script that looks whether there is a podman
/// must not find one that is not installed.
struct ShimFolder {
    /// Absolute, without a colon.
    let path: String

    /// Makes sure that the folder is there and that its links lead to this portrun.
    ///
    /// When all is right this costs one look at each link. Safe under concurrent first use: a link comes into being,
    /// and is replaced, at once.
    /// - Parameters:
    ///   - state: where portrun keeps its files.
    ///   - searchPath: the user's, without a shim.
    ///   - isDryRun: only say where it is.
    /// - Returns: nil when no tool is installed, or the folder cannot stand in a `PATH`.
    init?(in state: String, for searchPath: SearchPath, isDryRun: Bool = false) throws(FileError) {
        let tools = Self.installed(in: searchPath)
        guard !tools.isEmpty, !state.utf8.contains(UInt8(ascii: ":")), let program = ExecutedFile.path
        else { return nil }
        var name = ""
        for tool in tools { name += (name.isEmpty ? "" : "+") + tool.rawValue }
        path = "\(state)/shims/\(name)"
        if isDryRun { return }
        for tool in tools where FileSystem.link(at: "\(path)/\(tool.rawValue)") != program {
            try Self.make("\(state)/shims")
            try Self.make(path)
            try Self.link("\(path)/\(tool.rawValue)", to: program)
        }
    }

    /// The tools that are in `path`, in the order of all tools.
    ///
    /// Every launch asks this, mostly in vain, so that one buffer does for all the paths.
    private static func installed(in path: SearchPath) -> [ComposeTool] {
        var missing = ComposeTool.allCases
        var found: [ComposeTool] = []
        let own = ExecutedFile.identity
        var file: [UInt8] = []
        for folder in path.folders where !missing.isEmpty {
            file.removeAll(keepingCapacity: true)
            file += folder
            if !folder.isEmpty { file.append(UInt8(ascii: "/")) }
            let length = file.count
            for tool in missing {
                file.removeLast(file.count - length)
                file += tool.rawValue.utf8
                file.append(0)
                guard file.withUnsafeBytes({ access($0.bindMemory(to: CChar.self).baseAddress!, X_OK) }) == 0
                else { continue }
                file.removeLast()
                guard FileSystem.isExecutable(file), FileIdentity(of: file) != own else { continue }
                found.append(tool)
                missing.removeAll { $0 == tool }
            }
        }
        return ComposeTool.allCases.filter(found.contains)
    }

    private static func make(_ folder: String) throws(FileError) {
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw .failed(path: folder, code: errno) }
    }

    private static func link(_ path: String, to program: String) throws(FileError) {
        let temporary = "\(path).\(getpid())"
        unlink(temporary)
        guard symlink(program, temporary) == 0, rename(temporary, path) == 0 else {
            throw .failed(path: path, code: errno)
        }
    }
}
