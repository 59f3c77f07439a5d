import PortrunBase

/// The scripts of a `package.json`.
struct PackageScripts: Equatable {
    struct Script: Equatable {
        let name: String
        let command: String
        /// Counted from 1.
        let line: Int
    }

    /// The scripts in the file's order.
    let scripts: [Script]

    /// The file; absolute.
    let path: String

    /// nil when the file at `path` is no JSON, or left out.
    init?(at path: String, _ look: Look) throws(FileError) {
        self.path = path
        guard let document = try JSONParser.value(at: path, look) else { return nil }
        var pairs = JSONValue.KeyValuePairs()
        if case .object(let object)? = document["scripts"] { pairs = object }
        let bytes = try look.read(path)
        var places = QuotedNames(in: bytes)
        places.find("scripts")
        var scripts: [Script] = []
        for (name, value) in pairs.pairs {
            // One that is not found costs a look through the rest.
            guard look.goesOn(after: bytes.count / 1024, in: path) else { break }
            places.find(name)
            scripts.append(Script(name: name, command: value.string ?? "", line: places.line))
        }
        self.scripts = scripts
    }

    /// The scripts, those first that start the project: `dev` before `start` before `storybook`.
    var mostUsualFirst: [Script] {
        let verbs = ServiceName.verbs
        return verbs.flatMap { verb in scripts.filter { $0.name == verb } }
            + scripts.filter { !verbs.contains($0.name) }
    }
}
