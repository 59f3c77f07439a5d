import PortrunBase

/// The scripts of a `package.json`.
struct PackageScripts {
    struct Script {
        let name: String
        let command: String
        /// Counted from 1.
        let line: Int
    }

    /// The scripts in the file's order.
    let scripts: [Script]

    /// nil when `text` is no JSON.
    init?(_ text: String) {
        guard let document = JSONParser.value(of: Array(text.utf8)[...]) else { return nil }
        var pairs = JSONValue.KeyValuePairs()
        if case .object(let object)? = document["scripts"] { pairs = object }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = lines.firstIndex { $0.contains("\"scripts\"") } ?? 0
        scripts = pairs.pairs.map { name, value in
            // A name that the file spells with escapes is not found, and is given the line of the scripts.
            let line = lines[start...].firstIndex { $0.contains("\"\(name)\"") } ?? start
            return Script(name: name, command: value.string ?? "", line: line + 1)
        }
    }

    /// The scripts, those first that start the project: `dev` before `start` before `storybook`.
    var mostUsualFirst: [Script] {
        let verbs = ServiceName.verbs
        return verbs.flatMap { verb in scripts.filter { $0.name == verb } }
            + scripts.filter { !verbs.contains($0.name) }
    }

    /// The ports in the scripts.
    ///
    /// - Parameter own: the service of a script whose name says what it does (`dev`, `start`) and not what it starts.
    func ports(in file: String, own: ServiceName) -> [FoundPort] {
        scripts.flatMap { script in
            CommandLinePorts(script.command).found.map {
                FoundPort($0.service ?? ServiceName(task: script.name) ?? own, $0.port, file, line: script.line)
            }
        }
    }
}
