/// The variables of all configuration files that git reads for a repository, in its order: later ones win.
struct GitConfig {
    var entries: [GitConfigEntry] = []

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
        return try replacingPrefix(of: url)
    }

    /// `url` with the longest prefix that an `insteadOf` names replaced by the base of that variable.
    ///
    /// Of the same prefix in two bases the base named first counts (remote.c, alias_url).
    private func replacingPrefix(of url: String) throws(NeedsGit) -> String {
        let rewrites = entries.filter {
            $0.section == "url" && $0.subsection != nil && $0.name == "insteadof"
        }
        var best: (base: String, prefix: String)?
        var tried: Set<String> = []
        for case let base? in rewrites.map(\.subsection) where tried.insert(base).inserted {
            for entry in rewrites where entry.subsection == base {
                guard let prefix = entry.value else { throw .value(key: "url.\(base).insteadOf") }
                guard url.utf8.starts(with: prefix.utf8) else { continue }
                if prefix.utf8.count > best?.prefix.utf8.count ?? 0 { best = (base, prefix) }
            }
        }
        guard let best else { return url }
        return best.base + String(decoding: url.utf8.dropFirst(best.prefix.utf8.count), as: UTF8.self)
    }
}
