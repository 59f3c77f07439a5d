/// The references of a repository that keeps them in files: one each, or many in `packed-refs`.
struct GitReferences {
    /// The git directory that all worktrees share.
    let commonDirectory: String

    /// Looks for the file first: git packs a branch before it removes the file.
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
        name.rest(after: "remotes/origin/")
    }

    private func symbolicReference(_ name: String) -> GitHead? {
        GitFile.line(at: "\(commonDirectory)/\(name)").flatMap { GitHead(line: $0) }
    }

    private func isPacked(_ reference: String) throws(NeedsGit) -> Bool {
        // `<object name> <reference>`, a line each.
        let ending = Array(" \(reference)".utf8)
        return try packed().withUnsafeBytes { content in
            guard var line = content.baseAddress else { return false }
            let last = line + content.count
            while line < last,
                let end = memchr(line, CInt(UInt8(ascii: "\n")), last - line).map({ UnsafeRawPointer($0) })
            {
                if end - line > ending.count, memcmp(end - ending.count, ending, ending.count) == 0 { return true }
                line = end + 1
            }
            return false
        }
    }

    /// The branches in `packed-refs`, by their names.
    func packedBranches() throws(NeedsGit) -> NameSet {
        let prefix = Array(" refs/heads/".utf8)
        let content = try packed()
        var names = NameSet()
        content.withUnsafeBytes { bytes in
            guard var line = bytes.baseAddress else { return }
            let last = line + bytes.count
            // `<object name> refs/heads/<name>`, a line each; others are of other references.
            while line < last, let end = memchr(line, CInt(UInt8(ascii: "\n")), last - line) {
                if let space = memchr(line, CInt(UInt8(ascii: " ")), UnsafeRawPointer(end) - line),
                    UnsafeRawPointer(end) - UnsafeRawPointer(space) > prefix.count,
                    memcmp(space, prefix, prefix.count) == 0
                {
                    let name = UnsafeRawPointer(space) + prefix.count
                    names.insert(UnsafeRawBufferPointer(start: name, count: UnsafeRawPointer(end) - name), .file)
                }
                line = UnsafeRawPointer(end) + 1
            }
        }
        return names
    }

    /// The content of `packed-refs`; nothing when there is no such file.
    private func packed() throws(NeedsGit) -> [UInt8] {
        let path = "\(commonDirectory)/packed-refs"
        do {
            return try FileSystem.read(path, limit: 64 << 20)
        } catch .failed(_, ENOENT) {
            return []
        } catch {
            throw NeedsGit(error, at: path, else: .references(path: path))
        }
    }
}
