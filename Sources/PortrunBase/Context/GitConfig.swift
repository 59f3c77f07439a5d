/// The variables of all configuration files that git reads for a repository, in its order: later ones win.
struct GitConfig {
    var entries: [GitConfigEntry] = []

    static let longestURL = 1 << 16

    /// Whether anything is asked here about the variables of a section; `[branch "…"]` may be there by thousands.
    static func uses(_ section: String, _ subsection: String?) -> Bool {
        switch section {
        case "core", "extensions", "include", "includeif", "init", "url": true
        case "remote": subsection == "origin"
        default: false
        }
    }

    /// The branch that `git init` starts with, when the user chose one.
    var defaultBranch: String? {
        entries.last { $0.isNamed("init", "defaultbranch") }?.value
    }

    /// The output of `git remote get-url origin`; nil when the repository has no remote of that name.
    ///
    /// The first url counts, after `insteadOf`. A remote counts only when the repository itself names it:
    /// people have `remote.origin.fetch` in `~/.gitconfig` (remote.c, configured_in_repo).
    func originURL() throws(NeedsGit) -> String? {
        let origin = entries.filter { $0.section == "remote" && $0.subsection == "origin" }
        guard origin.contains(where: \.isLocal) else { return nil }
        let urls = origin.filter { $0.name == "url" }.map(\.value)
        // A remote without a url, and the empty one that clears the list in newer versions of git.
        guard let first = urls.first, !urls.contains(nil), !urls.contains(""), let url = first else {
            throw .value(key: "remote.origin.url")
        }
        // It is the beginning of the context's identity.
        guard url.utf8.count <= Self.longestURL else { throw .endless(path: "remote.origin.url") }
        return try replacingPrefix(of: url)
    }

    /// `url` with the longest prefix that an `insteadOf` names replaced by the base of that variable.
    ///
    /// Of the same prefix in two bases the base named first counts (remote.c, alias_url).
    private func replacingPrefix(of url: String) throws(NeedsGit) -> String {
        var best: (base: String, length: Int, order: Int)?
        // In which order the bases are named.
        var orders: [[UInt8]: Int] = [:]
        for entry in entries where entry.section == "url" && entry.name == "insteadof" {
            guard let base = entry.subsection else { continue }
            guard let prefix = entry.value else { throw .value(key: "url.\(base).insteadOf") }
            let order = orders[Array(base.utf8), default: orders.count]
            orders[Array(base.utf8)] = order
            let length = prefix.utf8.count
            guard length > 0, url.utf8.starts(with: prefix.utf8) else { continue }
            if let best, (best.length, -best.order) >= (length, -order) { continue }
            best = (base, length, order)
        }
        guard let best else { return url }
        return best.base + String(decoding: url.utf8.dropFirst(best.length), as: UTF8.self)
    }
}
