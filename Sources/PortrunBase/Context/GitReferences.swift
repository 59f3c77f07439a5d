/// The references of a repository that keeps them in files: one each, or many in `packed-refs`.
struct GitReferences {
    /// The git directory that all worktrees share.
    let commonDirectory: String
    /// Limits what is read of many references, where only one is asked about.
    private let look: Look

    init(commonDirectory: String, _ look: Look) {
        self.commonDirectory = commonDirectory
        self.look = look
    }

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
        do {
            return PackedReferences.has(reference, in: try FileSystem.read(packed, limit: PackedReferences.windowSize))
        } catch .failed(_, ENOENT) {
            return false
        } catch .tooLarge {
            // Which few repositories have.
        } catch {
            throw NeedsGit(error, at: packed, else: .references(path: packed))
        }
        if let isThere = PackedReferences.search(for: reference, at: packed) { return isThere }
        do {
            return PackedReferences.has(reference, in: try look.readBesides(packed))
        } catch {
            if let end = look.end { throw .leftOut(end) }
            throw NeedsGit(error, at: packed, else: .references(path: packed))
        }
    }

    /// Up to so many bytes of `packed-refs` are read to know all branches.
    static let wholeSize = 8 << 20

    /// The branches in `packed-refs`, by their names; none where it is larger than `wholeSize`, and each is better
    /// looked up by itself.
    func packedBranches() throws(NeedsGit) -> NameSet {
        let prefix = Array(" refs/heads/".utf8)
        let content: [UInt8]
        do {
            content = try FileSystem.read(packed, limit: Self.wholeSize)
        } catch .failed(_, ENOENT) {
            content = []
        } catch .tooLarge {
            content = []
        } catch {
            throw NeedsGit(error, at: packed, else: .references(path: packed))
        }
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

    private var packed: String { "\(commonDirectory)/packed-refs" }
}
