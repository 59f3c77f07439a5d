extension FileSystem {
    /// True where `place` is `folder`, the root of a checkout, or lies in it and in no other checkout inside of it.
    package static func isPlace(_ place: String, ofCheckout folder: String) -> Bool {
        Path.relative(place, to: folder) != nil && !hasCheckout(between: place, and: folder)
    }

    /// True where `place` is in another clone or linked worktree inside of `folder`. A submodule is part of it.
    package static func hasCheckout(between place: String, and folder: String) -> Bool {
        var inside = place
        while inside != folder, inside != "/" {
            switch kind(of: inside + "/.git") {
            case .directory: return true
            case .file where isLinkedWorktree(inside): return true
            case .file, .other, nil: inside = Path.parent(inside)
            }
        }
        return false
    }

    /// True where the git directory of `folder`, as its `.git` file tells, is one of several of its repository
    /// (gitrepository-layout(5)).
    private static func isLinkedWorktree(_ folder: String) -> Bool {
        guard let bytes = try? read(folder + "/.git", limit: 1 << 16) else { return false }
        let line = String(
            decoding: bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
        guard let path = line.rest(after: "gitdir: ") else { return false }
        return kind(of: (path.hasPrefix("/") ? path : "\(folder)/\(path)") + "/commondir") == .file
    }
}
