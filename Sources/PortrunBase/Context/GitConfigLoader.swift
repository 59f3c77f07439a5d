/// Reads configuration files in the order that git does, with what they include.
struct GitConfigLoader {
    let situation: GitConfigCondition.Situation
    private(set) var config = GitConfig()
    private var budget = Budget()

    /// What is left of the work that reading may be. Files that include each other ten deep can make any amount of it.
    private struct Budget {
        var files = 1000
        var bytes = 8 << 20
        /// Steps of matching patterns.
        var steps = 4 << 20
    }

    init(situation: GitConfigCondition.Situation) {
        self.situation = situation
    }

    /// Adds the file at `path`, which need not exist.
    ///
    /// - Parameter isLocal: whether it is a file of the repository, or one that such a file includes.
    mutating func load(_ path: String, isLocal: Bool) throws(NeedsGit) {
        try load(path, isLocal: isLocal, depth: 0)
    }

    /// The variables of the file at `path` alone, nothing included; empty when there is no such file.
    static func entries(at path: String, isLocal: Bool) throws(NeedsGit) -> [GitConfigEntry] {
        var limit = Budget().bytes
        return try entries(at: path, isLocal: isLocal, &limit)
    }

    /// - Parameter limit: how many bytes there may be; what is left of it after those of the file.
    private static func entries(
        at path: String, isLocal: Bool, _ limit: inout Int
    ) throws(NeedsGit) -> [GitConfigEntry] {
        let content: [UInt8]
        do {
            content = try FileSystem.read(path, limit: limit)
        } catch .failed(_, ENOENT), .failed(_, ENOTDIR) {
            return []
        } catch .failed(_, EACCES) where !isLocal {
            return []
        } catch {
            // What a user puts there to have no file at all.
            if path == "/dev/null" { return [] }
            throw NeedsGit(error, at: path, else: .configuration(path: path))
        }
        limit -= content.count
        do {
            return try GitConfigParser.entries(of: content)
        } catch {
            throw .configuration(path: path)
        }
    }

    private mutating func load(_ path: String, isLocal: Bool, depth: Int) throws(NeedsGit) {
        // MAX_INCLUDE_DEPTH of config.c; git refuses what is deeper.
        guard depth <= 10 else { throw .configuration(path: path) }
        budget.files -= 1
        guard budget.files >= 0 else { throw .endless(path: path) }
        for var entry in try Self.entries(at: path, isLocal: isLocal, &budget.bytes) {
            entry.isLocal = isLocal
            config.entries.append(entry)
            guard try includes(entry, in: path) else { continue }
            try load(try includedPath(entry, in: path), isLocal: isLocal, depth: depth + 1)
        }
    }

    private mutating func includes(_ entry: GitConfigEntry, in file: String) throws(NeedsGit) -> Bool {
        if entry.isNamed("include", "path") { return true }
        guard entry.section == "includeif", entry.name == "path", let text = entry.subsection else {
            return false
        }
        budget.steps -= text.utf8.count * situation.longestText
        guard budget.steps >= 0 else { throw .endless(path: file) }
        return try GitConfigCondition(text: text, file: file).holds(in: situation)
    }

    private func includedPath(_ entry: GitConfigEntry, in file: String) throws(NeedsGit) -> String {
        guard let path = entry.value, !path.isEmpty, !path.hasPrefix("%(prefix)/") else {
            throw .value(key: "\(entry.section).path")
        }
        if path.hasPrefix("/") { return path }
        if path.hasPrefix("~") {
            guard let rest = path.rest(after: "~/"), let home = situation.home else {
                throw .value(key: "\(entry.section).path")
            }
            return home + "/" + rest
        }
        return Path.parent(file) + "/" + path
    }
}
