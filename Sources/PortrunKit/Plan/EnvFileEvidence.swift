import PortrunBase

/// Whether anything that a command runs reads the env files of its folder.
///
/// Node, python and most servers do not by themselves: then a `PORT` in `.env` is for somebody else, such as compose.
enum EnvFileEvidence {
    /// By the framework, and else by the texts of the command's script and of the packages' lists.
    static func isThere(
        _ words: [String], _ calls: FrameworkCalls, in folder: String, _ environment: Environment, _ look: Look
    ) -> Bool {
        guard let program = words.first.map(Path.lastName), !["bun", "bunx", "deno"].contains(program) else {
            return true
        }
        if words.contains(where: namesReader) || environment["NODE_OPTIONS"].map(namesReader) == true { return true }
        let arguments = words.dropFirst().map { ScriptWord(text: $0) }
        let own = ScriptPort.file(of: words[0], arguments[...], in: folder)
        guard let script = calls.calls.first?.script ?? own else {
            // next itself says that it does not take its port from there, and serve reads none.
            let reads = calls.calls.first.map { !["next", "serve"].contains($0.framework.name) } ?? false
            return reads || isNamedByPackages(of: folder, look)
        }
        guard let text = ConfiguredPort.read(script, look) else { return true }
        return namesReader(String(decoding: text, as: UTF8.self)) || isNamedByPackages(of: Path.parent(script), look)
    }

    /// The nearest manifest upward of each kind counts.
    private static func isNamedByPackages(of folder: String, _ look: Look) -> Bool {
        for name in [
            "package.json", "requirements.txt", "pyproject.toml", "Pipfile", "Gemfile", "composer.json", "go.mod",
            "Cargo.toml",
        ] {
            var folder = folder
            while true {
                let path = (folder == "/" ? "" : folder) + "/" + name
                if let text = ConfiguredPort.read(path, look) {
                    if namesReader(String(decoding: text, as: UTF8.self)) { return true }
                    break
                }
                if folder == "/" { break }
                folder = Path.parent(folder)
            }
        }
        return false
    }

    private static func namesReader(_ text: String) -> Bool {
        for word in ["dotenv", "env-file", "loadEnvFile", "env-cmd", "read_env", "environs", ".env\"", ".env'", "bun "]
        where text.contains(word) {
            return true
        }
        return false
    }
}
