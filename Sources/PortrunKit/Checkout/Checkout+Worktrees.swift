import PortrunBase
import PortrunRegistry

extension Checkout {
    /// The folders of a repository's linked worktrees, as git has them noted (gitrepository-layout(5)).
    func linkedWorktrees(of repository: String) -> [String] {
        var folders: [String] = []
        for name in FileSystem.names(in: repository + "/worktrees") ?? [] {
            guard let text = try? FileSystem.read("\(repository)/worktrees/\(name)/gitdir") else { continue }
            let path = String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
            // Where `worktree.useRelativePaths` is set.
            folders.append(Path.parent(Path.absolute(path, in: "\(repository)/worktrees/\(name)")))
        }
        return folders
    }

    /// True in a worktree of a bare repository where git has noted one in which no portrun has run yet.
    ///
    /// - Parameter clones: those that the registry knows.
    func hasUnknownWorktrees(besides clones: [ContextRecord]) -> Bool { !unknownWorktrees(besides: clones).isEmpty }

    /// The folder of a worktree of the same bare repository in which no portrun has run, while something that runs there
    /// listens; nil for none.
    ///
    /// - Parameter clones: those that the registry knows.
    func liveUnknownWorktree(besides clones: [ContextRecord]) -> String? {
        let folders = unknownWorktrees(besides: clones)
        if folders.isEmpty { return nil }
        let sockets = BoundSocket.onChosenPorts()
        let held = sockets.isEmpty ? [] : ServersBeside.holders(of: sockets, in: self)
        return held.first { held in folders.contains { $0 == held.folder } }?.folder
    }

    private func unknownWorktrees(besides clones: [ContextRecord]) -> [String] {
        guard context.isInBareRepository, !isNamed, let repository = context.repository else { return [] }
        return linkedWorktrees(of: repository).filter { folder in
            folder != context.path && !clones.contains { $0.path == folder }
        }
    }
}
