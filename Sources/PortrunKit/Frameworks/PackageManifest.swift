import PortrunBase

/// A package.json, as far as it says what a package's scripts run.
struct PackageManifest: Sendable {
    /// The folder that holds it, absolute.
    let folder: String
    let name: String?
    /// The packages below, as patterns (`apps/*`).
    let workspaces: [String]
    private let scripts: JSONValue?

    /// nil where there is none, or none that can be read: the package manager itself will complain.
    init?(in folder: String) {
        guard let bytes = try? FileSystem.read(folder + "/package.json"),
            let document = JSONParser.value(of: bytes[...])
        else { return nil }
        self.folder = folder
        name = document["name"]?.string
        scripts = document["scripts"]
        let patterns = document["workspaces"]?.elements ?? document["workspaces"]?["packages"]?.elements
        workspaces = patterns?.compactMap(\.string) ?? Self.pnpmWorkspaces(in: folder)
    }

    /// The nearest one from `folder` upward, as package managers look for it.
    static func nearest(to folder: String) -> PackageManifest? {
        var folder = folder
        while true {
            if let manifest = PackageManifest(in: folder) { return manifest }
            if folder == "/" { return nil }
            folder = Path.parent(folder)
        }
    }

    func script(_ name: String) -> String? { scripts?[name]?.string }

    /// The names of scripts, in the file's order, that fit a pattern such as `dev:*` (npm-run-all, concurrently).
    func scriptNames(matching pattern: String) -> [String] {
        guard let star = pattern.firstIndex(of: "*") else { return script(pattern) == nil ? [] : [pattern] }
        guard case .object(let object)? = scripts else { return [] }
        let prefix = String(pattern[..<star])
        let suffix = String(pattern.unicodeScalars[star...].drop { $0 == "*" })
        return object.pairs.map(\.key).filter {
            $0.utf8.count >= prefix.utf8.count + suffix.utf8.count && $0.hasPrefix(prefix) && $0.hasSuffix(suffix)
        }
    }

    /// The packages that the patterns name, `self` not among them.
    func members() -> [PackageManifest] {
        var folders: [String] = []
        for pattern in workspaces {
            if let excluded = pattern.rest(after: "!") {
                let dropped = Self.folders(matching: excluded, in: folder)
                folders.removeAll(where: dropped.contains)
            } else {
                for found in Self.folders(matching: pattern, in: folder) where !folders.contains(found) {
                    folders.append(found)
                }
            }
        }
        return folders.compactMap { PackageManifest(in: $0) }
    }

    /// The package that `-w` and `--filter` mean: by its name, that name without its scope, or its folder.
    func member(_ selector: String) -> PackageManifest? {
        let members = members()
        let path = Path.absolute(selector, in: folder)
        return members.first { $0.name == selector } ?? members.first { $0.folder == path }
            ?? members.first { $0.name?.hasSuffix("/" + selector) == true }
    }

    private static func pnpmWorkspaces(in folder: String) -> [String] {
        guard let bytes = try? FileSystem.read(folder + "/pnpm-workspace.yaml") else { return [] }
        // Only the list behind `packages:` is looked for; the file may hold much else.
        var patterns: [String] = []
        var isInside = false
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line, as: UTF8.self)
            if text.first != " ", text.first != "-" { isInside = text.hasPrefix("packages:") }
            let item = text.drop { $0 == " " }
            guard isInside, item.first == "-" else { continue }
            let script = ShellScript(String(item.dropFirst()))
            if let word = script.commands.first?.first { patterns.append(word.text) }
        }
        return patterns
    }

    /// `*` is any one folder, `**` any number of them; none is looked for in node_modules.
    private static func folders(matching pattern: String, in folder: String) -> [String] {
        var found = [folder]
        for part in pattern.split(separator: "/") where part != "." {
            switch part {
            case "**": found = found.flatMap { [$0] + below($0, depth: 4) }
            case "*": found = found.flatMap { below($0, depth: 1) }
            default: found = found.map { $0 + "/" + part }.filter { FileSystem.kind(of: $0) == .directory }
            }
        }
        return found
    }

    private static func below(_ folder: String, depth: Int) -> [String] {
        guard depth > 0 else { return [] }
        var found: [String] = []
        for name in (FileSystem.names(in: folder) ?? []).sorted() where name != "node_modules" && !name.hasPrefix(".") {
            let path = folder + "/" + name
            guard FileSystem.kind(of: path) == .directory else { continue }
            found.append(path)
            found += below(path, depth: depth - 1)
        }
        return found
    }
}
