import PortrunBase

/// The packages of a project that a look comes upon: each `package.json` is read once.
final class Packages {
    let look: Look
    /// By folder; nil for one without a manifest.
    private var known: [ExactString: PackageManifest?] = [:]

    init(_ look: Look) { self.look = look }

    /// The package in `folder`; nil where there is none, or none that can be read.
    func package(in folder: String) -> PackageManifest? {
        if let manifest = known[folder] { return manifest }
        let manifest = PackageManifest(in: folder, look)
        known[ExactString(folder)] = .some(manifest)
        return manifest
    }

    /// The nearest one from `folder` upward, as package managers look for it.
    func nearest(to folder: String) -> PackageManifest? {
        var folder = folder
        while true {
            if let manifest = package(in: folder) { return manifest }
            if folder == "/" { return nil }
            folder = Path.parent(folder)
        }
    }

    /// The packages that the patterns of `manifest` name, itself not among them.
    func members(of manifest: PackageManifest) -> [PackageManifest] {
        var folders: [String] = []
        var seen: Set<ExactString> = []
        for pattern in manifest.workspaces {
            if let excluded = pattern.rest(after: "!") {
                let dropped = Set(of: self.folders(matching: excluded, of: manifest))
                folders.removeAll { dropped.contains($0) }
                seen.subtract(dropped)
            } else {
                for found in self.folders(matching: pattern, of: manifest) where seen.insert(found) {
                    folders.append(found)
                }
            }
        }
        return folders.compactMap { package(in: $0) }
    }

    /// Those that selectors choose; all without one.
    func members(of manifest: PackageManifest, chosen selectors: [String]) -> [PackageManifest] {
        selectors.isEmpty ? members(of: manifest) : selectors.compactMap { member($0, of: manifest) }
    }

    /// The package that `-w` and `--filter` mean: by its name, that name without its scope, or its folder.
    func member(_ selector: String, of manifest: PackageManifest) -> PackageManifest? {
        let members = members(of: manifest)
        let path = Path.absolute(selector, in: manifest.folder)
        return members.first { $0.name == selector } ?? members.first { $0.folder == path }
            ?? members.first { $0.name?.hasSuffix("/" + selector) == true }
    }

    /// `*` is any one folder, `**` any number of them; none is looked for in node_modules.
    private func folders(matching pattern: String, of manifest: PackageManifest) -> [String] {
        var found = [manifest.folder]
        var isBelow = false
        for part in pattern.split(separator: "/") where part != "." {
            switch part {
            // What is below what is below is found by the first.
            case "**": if !isBelow { found = found.flatMap { [$0] + below($0, depth: 4, manifest) } }
            case "*": found = found.flatMap { below($0, depth: 1, manifest) }
            default:
                found = found.map { $0 + "/" + part }.filter {
                    look.spend(1, of: .names, in: manifest.path) && FileSystem.kind(of: $0) == .directory
                }
            }
            isBelow = part == "**"
        }
        return found
    }

    private func below(_ folder: String, depth: Int, _ manifest: PackageManifest) -> [String] {
        guard depth > 0, let names = look.names(in: folder, for: manifest.path) else { return [] }
        var found: [String] = []
        for name in names.sorted() where name != "node_modules" && !name.hasPrefix(".") {
            let path = folder + "/" + name
            guard FileSystem.kind(of: path) == .directory else { continue }
            found.append(path)
            found += below(path, depth: depth - 1, manifest)
        }
        return found
    }
}
