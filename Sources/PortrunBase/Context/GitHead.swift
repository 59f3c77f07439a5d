/// The target of a worktree's HEAD.
enum GitHead: Equatable {
    /// A branch, born or not, by its name after `refs/heads/`.
    case branch(String)
    /// Another reference, by its name after `refs/`.
    case reference(String)
    case detached

    /// - Parameter line: the content of HEAD; nil when it says nothing that git would take for a HEAD.
    init?(line: String) {
        if line.hasPrefix("ref:") {
            // Any white space may follow: refs.c, parse_loose_ref_contents.
            self.init(referenceName: String(line.unicodeScalars.dropFirst(4).drop(while: \.properties.isWhitespace)))
        } else if [40, 64].contains(line.utf8.count) && line.allSatisfy(\.isHexDigit) {
            self = .detached
        } else {
            return nil
        }
    }

    /// - Parameter referenceName: a full name, such as `refs/heads/main`.
    init?(referenceName: String) {
        guard let name = referenceName.rest(after: "refs/"), !name.isEmpty else { return nil }
        if let branch = Self.branch(of: referenceName) {
            self = .branch(branch)
        } else {
            self = .reference(name)
        }
    }

    /// The branch that a detached HEAD is on its way back to, because it is being rebased or bisected.
    ///
    /// - Parameter gitDirectory: that of the worktree, not the common one.
    static func interruptedBranch(in gitDirectory: String) -> String? {
        for state in ["rebase-merge", "rebase-apply"] {
            guard let name = GitFile.line(at: "\(gitDirectory)/\(state)/head-name") else { continue }
            // «detached HEAD» when there was no branch.
            if let branch = branch(of: name) { return branch }
        }
        // A branch without `refs/heads/`, or the object name of a HEAD that was detached.
        guard let start = GitFile.line(at: "\(gitDirectory)/BISECT_START"), !start.isEmpty else { return nil }
        return GitHead(line: start) == .detached ? nil : branch(of: start) ?? start
    }

    private static func branch(of referenceName: String) -> String? {
        referenceName.rest(after: "refs/heads/").flatMap { $0.isEmpty ? nil : $0 }
    }
}
