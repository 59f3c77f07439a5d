import PortrunBase

extension Checkout {
    /// The folders of a repository's linked worktrees, as git has them noted (gitrepository-layout(5)).
    func linkedWorktrees(of repository: String) -> [String] {
        var folders: [String] = []
        for name in FileSystem.names(in: repository + "/worktrees") ?? [] {
            guard let text = try? FileSystem.read("\(repository)/worktrees/\(name)/gitdir") else { continue }
            let path = String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
            if path.hasPrefix("/") { folders.append(Path.parent(path)) }
        }
        return folders
    }
}
