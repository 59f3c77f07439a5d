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
    init?(in folder: String, _ look: Look) {
        self.folder = folder
        guard let document = try? JSONParser.value(at: Self.path(in: folder), look) else { return nil }
        name = document["name"]?.string
        scripts = document["scripts"]
        let patterns = document["workspaces"]?.elements ?? document["workspaces"]?["packages"]?.elements
        workspaces = patterns?.compactMap(\.string) ?? Self.pnpmWorkspaces(in: folder, look)
    }

    /// The file itself.
    var path: String { Self.path(in: folder) }

    private static func path(in folder: String) -> String { folder + "/package.json" }

    func script(_ name: String) -> String? { scripts?[name]?.string }

    /// What npm and pnpm run by that name: `server.js` where the list has no `start`.
    /// <https://docs.npmjs.com/cli/commands/npm-start>
    func command(of name: String) -> String? {
        if let text = script(name) { return text }
        guard name == "start", FileSystem.kind(of: folder + "/server.js") == .file else { return nil }
        return "node server.js"
    }

    /// The names of scripts, in the file's order, that fit a pattern such as `dev:*` (npm-run-all, concurrently).
    func scriptNames(matching pattern: String, _ look: Look) -> [String] {
        guard let star = pattern.firstIndex(of: "*") else { return script(pattern) == nil ? [] : [pattern] }
        guard case .object(let object)? = scripts, look.spend(object.pairs.count, of: .names, in: path)
        else { return [] }
        let prefix = String(pattern[..<star])
        let suffix = String(pattern.unicodeScalars[star...].drop { $0 == "*" })
        return object.pairs.map(\.key).filter {
            $0.utf8.count >= prefix.utf8.count + suffix.utf8.count && $0.hasPrefix(prefix) && $0.hasSuffix(suffix)
        }
    }

    private static func pnpmWorkspaces(in folder: String, _ look: Look) -> [String] {
        let path = folder + "/pnpm-workspace.yaml"
        guard let bytes = try? look.read(path) else { return [] }
        // Only the list behind `packages:` is looked for; the file may hold much else.
        var patterns: [String] = []
        var isInside = false
        for text in TextLines(bytes) where !text.isEmpty {
            guard look.goesOn(after: 1, in: path) else { break }
            if text.first != " ", text.first != "-" { isInside = text.hasPrefix("packages:") }
            let item = text.drop { $0 == " " }
            guard isInside, item.first == "-", look.spend(1, of: .names, in: path) else { continue }
            let script = ShellScript(String(item.dropFirst()))
            if let word = script.commands.first?.first { patterns.append(word.text) }
        }
        return patterns
    }
}
