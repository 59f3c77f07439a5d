/// The references of a repository that keeps them in files: one each, or many in `packed-refs`.
struct GitReferences {
    /// The git directory that all worktrees share.
    let commonDirectory: String

    func hasBranch(_ name: String) throws(NeedsGit) -> Bool {
        let reference = "refs/heads/\(name)"
        if FileSystem.kind(of: "\(commonDirectory)/\(reference)") == .file { return true }
        return try isPacked(reference)
    }

    /// The branch that origin's HEAD named when the repository was cloned.
    var originHead: String? {
        guard case .reference(let name)? = symbolicReference("refs/remotes/origin/HEAD") else { return nil }
        return Self.branch(ofOriginReference: name)
    }

    /// `main` of `remotes/origin/main`.
    static func branch(ofOriginReference name: String) -> String? {
        let prefix = "remotes/origin/"
        return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
    }

    private func symbolicReference(_ name: String) -> GitHead? {
        GitFile.line(at: "\(commonDirectory)/\(name)").flatMap { GitHead(line: $0) }
    }

    private func isPacked(_ reference: String) throws(NeedsGit) -> Bool {
        let path = "\(commonDirectory)/packed-refs"
        let content: [UInt8]
        do {
            content = try FileSystem.read(path, limit: 256 << 20)
        } catch .failed(_, ENOENT) {
            return false
        } catch {
            throw .references(path: path)
        }
        // `<object name> <reference>`, a line each.
        let ending = Array(" \(reference)".utf8)
        var rest = content[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            if rest[..<end].suffix(ending.count).elementsEqual(ending) { return true }
            rest = rest[(end + 1)...]
        }
        return false
    }
}
