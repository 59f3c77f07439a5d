import PortrunBase

/// Notes of the daemons that commands of a repository's worktrees have left running, each a file that is called after its process.
///
/// Some run in no checkout's folder and have written over their environment: nothing else would tell whose they are.
struct DaemonNotes {
    private let state: StateFolder

    init(in state: StateFolder) { self.state = state }

    /// Notes processes of the checkout at `path`. Without a note nothing is lost but that linked worktrees know.
    func add(_ processes: [Int32], of path: String) {
        let names = processes.compactMap(Self.name)
        guard !names.isEmpty, (try? FileSystem.makeFolder(state.folder(of: .daemons))) != nil else { return }
        removeEnded()
        for name in names { try? FileSystem.replace(state.file(name, of: .daemons), with: Array(path.utf8)) }
    }

    /// The processes that still run, with the paths of the checkouts that they were noted for.
    func all() -> [Int32: String] {
        var paths: [Int32: String] = [:]
        for file in state.files(of: .daemons) {
            guard let process = Self.process(ofNote: file), let path = try? FileSystem.read(file) else { continue }
            paths[process] = String(decoding: path, as: UTF8.self)
        }
        return paths
    }

    private func removeEnded() {
        for file in state.files(of: .daemons) {
            if Self.process(ofNote: file) == nil { unlink(file) }
        }
    }

    /// nil where it has ended.
    private static func process(ofNote file: String) -> Int32? {
        let note = Path.lastName(file)
        return Int32(String(note.prefix { $0 != "-" })).flatMap { name(of: $0) == note ? $0 : nil }
    }

    /// The pid and what else tells the process from others, at any time; nil for one that has ended.
    private static func name(of process: Int32) -> String? {
        guard case .present(let start?, _, false) = ProcessSighting.of(process) else { return nil }
        return "\(process)-\(start)"
    }
}

extension Checkout {
    /// Notes what a command of this checkout has left running, for the repository's other ones.
    package func noteDaemons(_ processes: [Int32]) {
        if !processes.isEmpty { DaemonNotes(in: state).add(processes, of: context.path) }
    }
}
