import PortrunBase
import PortrunCompose

/// The folder of links by which a script finds portrun where it asks for docker or its kin, or for a program that
/// becomes another user; in a linked worktree also for one that tells who listens on a port.
///
/// There is one for each `PATH` and portrun: a script that looks whether there is a podman must not find one that is not
/// installed, and all links lead to the portrun that made them.
package struct ShimFolder: Sendable, Equatable {
    /// Absolute, without a colon.
    package let path: String
    /// Where the tools are looked for.
    private let searchPath: SearchPath
    private let program: String
    /// Another launch has just seen to it.
    private let isFresh: Bool
    /// What to link, where the folder is not there.
    private let missing: [String]
    /// Why the folder cannot stand in a `PATH`: another user may put programs into it.
    private let problem: TrustError?
    /// What is linked as far as it is installed.
    private let names: [String]
    /// With the tools that tell who listens on a port.
    let leadsPortTools: Bool

    /// For how many seconds a look at the tools holds.
    private static let freshness: Int64 = 3

    /// Tells where the folder is, and whether it has to be made.
    ///
    /// To look for every tool in every folder of a `PATH` would hold up each launch, so a folder that is there counts
    /// as right, and is seen to by `refresh` once the command runs.
    /// - Parameters:
    ///   - state: where portrun keeps its files.
    ///   - searchPath: the user's, without a shim.
    ///   - now: seconds since 1970.
    ///   - changesUser: wanted for a program that becomes another user alone, too.
    ///   - asksForPorts: with the tools that tell who listens on a port, and wanted for those alone.
    /// - Returns: nil when none of what is wanted is installed, or the folder cannot stand in a `PATH`.
    package init?(
        in state: StateFolder, for searchPath: SearchPath, now: Int64, changesUser: Bool = false,
        asksForPorts: Bool = false
    ) {
        guard !state.path.utf8.contains(UInt8(ascii: ":")), let program = ExecutedFile.path else { return nil }
        self.searchPath = searchPath
        self.program = program
        leadsPortTools = asksForPorts
        names = asksForPorts ? Self.allNames : Self.names
        path = "\(Self.parent(in: state))/\(Self.name(for: searchPath, program))" + (asksForPorts ? "-ports" : "")
        var status = stat()
        // No link either: nobody but portrun makes one, and that a folder.
        if lstat(path, &status) == 0 {
            problem =
                state.problem(of: .shims)
                ?? Trust.problem(of: status, at: path, served: state.path, isMadeAnew: true)
            // Only `refresh` leaves a whole second: when a link comes or goes, the clock sets the folder's time.
            let looked = FileSystem.modified(status)
            isFresh = looked.tv_nsec == 0 && (0..<Self.freshness).contains(now - Int64(looked.tv_sec))
            missing = []
            return
        }
        isFresh = false
        problem = nil
        missing = Self.installed(names, in: searchPath)
        guard
            missing.contains(where: {
                changesUser || ComposeTool(named: $0) != nil || PortTool(named: $0) != nil
            })
        else { return nil }
    }

    /// Makes the folder where it was not there.
    package func make() throws(FileError) {
        if let problem { throw .untrusted(problem) }
        if missing.isEmpty {
            if Trust.isRoot, let problem = foreignEntry { throw .untrusted(problem) }
            return
        }
        try FileSystem.makeFolder(Path.parent(path))
        try FileSystem.makeFolder(path)
        try link(missing)
    }

    /// What is no link of portrun's in a folder whose owner root works for, and would be a program of that user's that
    /// root's scripts run.
    private var foreignEntry: TrustError? {
        for name in FileSystem.names(in: path) ?? [] where !name.hasPrefix(".") {
            let entry = "\(path)/\(name)"
            if names.contains(name), FileSystem.link(at: entry) == program { continue }
            var status = stat()
            if lstat(entry, &status) == 0, status.st_uid != 0 { return .foreign(path: entry, owner: status.st_uid) }
        }
        return nil
    }

    /// Where the folders are.
    static func parent(in state: StateFolder) -> String { state.folder(of: .shims) }

    /// Sees to it that there is a link for each tool that is installed now, unless somebody just did.
    ///
    /// Safe under concurrent use: a link comes into being, and is replaced, at once.
    ///
    /// - Parameter now: seconds since 1970.
    package func refresh(now: Int64) throws(FileError) {
        if isFresh { return }
        // The others come with the system, and stay.
        let names = FileSystem.kind(of: path) == nil ? names : Self.tools
        let installed = Self.installed(names, in: searchPath)
        try FileSystem.makeFolder(path)
        try link(installed)
        for name in names where !installed.contains(name) { unlink("\(path)/\(name)") }
        FileSystem.setModified(path, to: now)
    }

    private func link(_ names: [String]) throws(FileError) {
        for name in names where FileSystem.link(at: "\(path)/\(name)") != program {
            try Self.link("\(path)/\(name)", to: program)
        }
    }

    /// 64 bits of FNV-1a, in hexadecimal.
    private static func name(for searchPath: SearchPath, _ program: String) -> String {
        var (hash, program) = (FNV1a(), program)
        searchPath.text.withUnsafeBytes { hash.add($0) }
        program.withUTF8 { hash.add(UnsafeRawBufferPointer($0)) }
        return String(hash.value, radix: 16)
    }

    /// True when no launch has used the folder at `path` for a month.
    ///
    /// - Parameter now: seconds since 1970.
    static func isUnused(_ path: String, now: Int64) -> Bool {
        FileSystem.modified(path).map { now - Int64($0.tv_sec) > 30 * 86_400 } ?? false
    }

    static func remove(_ path: String) {
        for name in allNames { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    private static let tools = ComposeTool.allCases.map(\.rawValue)
    private static let names = tools + UserChange.allCases.map(\.rawValue)
    private static let allNames = names + PortTool.allCases.map(\.rawValue)

    /// Those of `names` that are in the absolute folders of `path`, in their order.
    ///
    /// Mostly in vain, so that one buffer does for all the paths.
    private static func installed(_ names: [String], in path: SearchPath) -> [String] {
        var missing = names
        var found: [String] = []
        let own = ExecutedFile.identity
        var file: [UInt8] = []
        for folder in path.absolute.folders where !missing.isEmpty {
            file.removeAll(keepingCapacity: true)
            file += folder
            file.append(UInt8(ascii: "/"))
            let length = file.count
            for name in missing {
                file.removeLast(file.count - length)
                file += name.utf8
                file.append(0)
                guard file.withUnsafeBytes({ access($0.bindMemory(to: CChar.self).baseAddress!, X_OK) }) == 0
                else { continue }
                file.removeLast()
                guard FileSystem.isExecutable(file), FileIdentity(of: file) != own else { continue }
                found.append(name)
                missing.removeAll { $0 == name }
            }
        }
        return names.filter(found.contains)
    }

    private static func link(_ path: String, to program: String) throws(FileError) {
        let draft = FileSystem.draft(of: path, in: Path.parent(path))
        guard symlink(program, draft) == 0 else { throw .failed(path: path, code: errno) }
        FileSystem.giveToOwnerOfFolder(draft)
        guard rename(draft, path) == 0 else {
            let code = errno
            unlink(draft)
            throw .failed(path: path, code: code)
        }
    }
}
