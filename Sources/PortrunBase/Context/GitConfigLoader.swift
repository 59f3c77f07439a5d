/// Reads configuration files in the order that git does, with what they include.
struct GitConfigLoader {
    let situation: GitConfigCondition.Situation
    private let look: Look
    /// Whether all is read that git may read, and nothing made of it.
    private let isMeasuring: Bool
    private(set) var config = GitConfig()
    /// What is left of the steps that matching patterns may take.
    private var steps = 4 << 20

    /// - Parameters:
    ///   - look: limits what is read. Files that include each other ten deep can make any amount of work.
    ///   - isMeasuring: take every condition to hold, and leave out what cannot be resolved here.
    init(situation: GitConfigCondition.Situation, _ look: Look, isMeasuring: Bool = false) {
        self.situation = situation
        self.look = look
        self.isMeasuring = isMeasuring
    }

    /// Adds the file at `path`, which need not exist.
    ///
    /// - Parameter isLocal: whether it is a file of the repository, or one that such a file includes.
    mutating func load(_ path: String, isLocal: Bool) throws(NeedsGit) {
        try load(path, isLocal: isLocal, depth: 0)
    }

    /// The variables of the file at `path` alone that are asked about here, nothing included; empty when there is no
    /// such file.
    static func entries(at path: String, isLocal: Bool, _ look: Look) throws(NeedsGit) -> [GitConfigEntry] {
        let content: [UInt8]
        do {
            content = try look.readBesides(path)
        } catch .failed(_, ENOENT), .failed(_, ENOTDIR) {
            return []
        } catch .failed(_, EACCES) where !isLocal {
            return []
        } catch {
            if let end = look.end { throw .leftOut(end) }
            // What a user puts there to have no file at all.
            if path == "/dev/null" { return [] }
            throw NeedsGit(error, at: path, else: .configuration(path: path))
        }
        let entries: [GitConfigEntry]
        do {
            entries = try GitConfigParser.entries(of: content, isLocal: isLocal, look, in: path, where: GitConfig.uses)
        } catch {
            throw .configuration(path: path)
        }
        if let end = look.end { throw .leftOut(end) }
        return entries
    }

    private mutating func load(_ path: String, isLocal: Bool, depth: Int) throws(NeedsGit) {
        // MAX_INCLUDE_DEPTH of config.c; git refuses what is deeper.
        guard depth <= 10 else { throw .configuration(path: path) }
        try add(Self.entries(at: path, isLocal: isLocal, look), of: path, depth: depth)
    }

    /// Adds what was read of the file at `path`, and what it includes.
    mutating func add(_ entries: [GitConfigEntry], of path: String, depth: Int = 0) throws(NeedsGit) {
        for entry in entries {
            if !isMeasuring { config.entries.append(entry) }
            guard try includes(entry, in: path) else { continue }
            if isMeasuring {
                guard let included = try? includedPath(entry, in: path) else { continue }
                try load(included, isLocal: entry.isLocal, depth: depth + 1)
            } else {
                try load(try includedPath(entry, in: path), isLocal: entry.isLocal, depth: depth + 1)
            }
        }
    }

    private mutating func includes(_ entry: GitConfigEntry, in file: String) throws(NeedsGit) -> Bool {
        if entry.isNamed("include", "path") { return true }
        guard entry.section == "includeif", entry.name == "path", let text = entry.subsection else {
            return false
        }
        steps -= isMeasuring ? Self.stepsOfGit(for: text, situation) : text.utf8.count * situation.longestText
        guard steps >= 0 else { throw .endless(path: file) }
        if isMeasuring { return true }
        return try GitConfigCondition(text: text, file: file).holds(in: situation)
    }

    /// The steps that git may take for a condition: for each `**/` it tries all that follows twice (wildmatch.c).
    private static func stepsOfGit(for text: String, _ situation: GitConfigCondition.Situation) -> Int {
        var stars = 0
        for byte in text.utf8 where byte == UInt8(ascii: "*") { stars += 1 }
        return (text.utf8.count * situation.longestText) << min(stars / 2, 24)
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
