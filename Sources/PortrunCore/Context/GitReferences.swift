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
        // `<object name> <reference>`, a line each.
        let ending = Array(" \(reference)".utf8)
        var rest = try packed()[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            if rest[..<end].suffix(ending.count).elementsEqual(ending) { return true }
            rest = rest[(end + 1)...]
        }
        return false
    }

    /// The names of the branches in `packed-refs`.
    func packedBranches() throws(NeedsGit) -> Set<String> {
        let prefix = Array(" refs/heads/".utf8)
        let content = try packed()
        var names: Set<String> = []
        content.withUnsafeBufferPointer { bytes in
            var rest = bytes[...]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = rest[..<end]
                rest = rest[(end + 1)...]
                guard let space = line.firstIndex(of: UInt8(ascii: " ")), line[space...].starts(with: prefix) else {
                    continue
                }
                names.insert(String(decoding: line[(space + prefix.count)...], as: UTF8.self))
            }
        }
        return names
    }

    /// What `packed-refs` holds; nothing when there is none.
    private func packed() throws(NeedsGit) -> [UInt8] {
        let path = "\(commonDirectory)/packed-refs"
        do {
            return try FileSystem.read(path, limit: 256 << 20)
        } catch .failed(_, ENOENT) {
            return []
        } catch {
            throw .references(path: path)
        }
    }
}
