import PortrunBase

extension ComposeLoader {
    /// Brings the projects that `document` includes into it (https://docs.docker.com/reference/compose-file/include/).
    mutating func include(
        into document: inout YAMLNode, from main: String, in scope: Scope
    ) throws(DiscoveryError) {
        guard let list = document["include"] else { return }
        document["include"] = nil
        if list.isNull { return }
        guard let entries = list.elements else {
            return try report(.notA("a list", path: "include"), at: list.location)
        }
        for entry in entries where look.end == nil { try include(entry, into: &document, from: main, in: scope) }
    }

    private mutating func include(
        _ entry: YAMLNode, into document: inout YAMLNode, from main: String, in scope: Scope
    ) throws(DiscoveryError) {
        let paths = strings(entry.pairs == nil ? entry : entry["path"])
        if let remote = paths.first(where: Self.isRemote) { return leaveOut(remote, at: entry.location) }
        let files = paths.map { Path.absolute($0, in: scope.directory) }
        guard let first = files.first else {
            return try report(.notA("a path or a mapping with `path`", path: "include"), at: entry.location)
        }
        var inner = scope
        inner.includedBy.append(main)
        if let file = FileIdentity(of: Array(main.utf8)) { inner.includedByFiles.append(file) }
        let isCycle =
            inner.includedBy.contains(first)
            || FileIdentity(of: Array(first.utf8)).map(inner.includedByFiles.contains) ?? false
        if isCycle {
            return try report(.includeCycle(name(of: first)), at: entry.location)
        }
        scopeCount += 1
        inner.identifier = scopeCount
        inner.directory =
            entry["project_directory"]?.string.map { Path.absolute($0, in: scope.directory) }
            ?? Path.parent(first)
        try addEnvFiles(strings(entry["env_file"]), to: &inner, from: scope)
        let imported = try loadProject(files, in: inner)
        for section in ["services", "networks", "volumes", "secrets", "configs"] {
            try take(section, of: imported, into: &document)
        }
    }

    /// The env files named by the entry, else the `.env` of the included project.
    private mutating func addEnvFiles(
        _ named: [String], to inner: inout Scope, from scope: Scope
    ) throws(DiscoveryError) {
        var paths = named.map { Path.absolute($0, in: scope.directory) }
        if paths.isEmpty {
            let path = Path.absolute(".env", in: inner.directory)
            guard let kind = FileSystem.kind(of: path), kind != .directory else { return }
            paths = [path]
        }
        var files: [DotenvFile] = []
        for path in paths {
            do throws(DiscoveryError) {
                files.append(
                    try DotenvFile(at: path, relativeTo: workingDirectory, look) { scope.environment[$0] })
            } catch {
                try diagnostics.report(error)
            }
        }
        inner.environment.addBelow(files)
    }

    /// Adds one section of an included project; what is there already has to be the same.
    private mutating func take(
        _ section: String, of imported: YAMLNode, into document: inout YAMLNode
    ) throws(DiscoveryError) {
        guard let source = imported[section], let pairs = source.pairs else { return }
        var target = document[section] ?? YAMLNode(.mapping([]), location: source.location)
        for pair in pairs {
            guard look.goesOn(after: target.width, in: path(of: pair.value.location)) else { break }
            if let existing = target[pair.key] {
                if !existing.hasSameContent(as: pair.value) {
                    try report(.conflict("\(section).\(pair.key)"), at: existing.location)
                }
            } else {
                target[pair.key] = pair.value
            }
        }
        document[section] = target
    }

    /// One string, or a list of them.
    private func strings(_ node: YAMLNode?) -> [String] {
        guard let node else { return [] }
        return node.elements?.compactMap(\.string) ?? node.string.map { [$0] } ?? []
    }
}
