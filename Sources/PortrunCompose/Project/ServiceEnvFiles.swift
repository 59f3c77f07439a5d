import PortrunBase

/// What the env files of a project's services bring into their containers.
///
/// They are read in a look, before anybody waits for the registry.
package struct ServiceEnvFiles: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        var name: String
        var value: String
        /// Counted from 1.
        var line: Int
    }

    struct File: Sendable, Equatable {
        /// Absolute.
        var path: String
        /// No name twice.
        var entries: [Entry]
        /// Where each name is.
        var places: [ExactString: Int] = [:]
        /// The places of those that may name a port.
        var candidates: [Int] = []
    }

    /// By service, in the order of its `env_file`.
    private let files: [ExactString: [File]]

    /// None.
    package init() { files = [:] }

    package init(of project: ComposeProject, _ look: Look) {
        var files: [ExactString: [File]] = [:]
        var known: [ExactString: File] = [:]
        for pair in project.document["services"]?.pairs ?? [] {
            guard let node = pair.value["env_file"] else { continue }
            for file in node.elements ?? [node] {
                // Another format than dotenv's is read otherwise.
                guard let path = file.string ?? file["path"]?.string, file["format"] == nil,
                    let read = known[path] ?? Self.read(path, project.environment, look)
                else { continue }
                known[path] = read
                files[ExactString(pair.key), default: []].append(read)
            }
        }
        self.files = files
    }

    /// The files of a service.
    subscript(service: String) -> [File] { files[service] ?? [] }

    private static func read(_ path: String, _ outer: ComposeEnvironment, _ look: Look) -> File? {
        guard let content = try? DotenvFile(at: path, relativeTo: "/", look, outer: { outer[$0] }),
            let bytes = try? look.read(path)
        else { return nil }
        var file = File(path: path, entries: [])
        var line = 0
        for text in TextLines(bytes) {
            line += 1
            guard let name = EnvFileLine(text)?.name, let value = content.values[name] else { continue }
            if let known = file.places[name] {
                file.entries[known].line = line
                continue
            }
            file.places[name] = file.entries.count
            if name.hasSuffix("PORT") || value.utf8.contains(UInt8(ascii: ":")) {
                file.candidates.append(file.entries.count)
            }
            file.entries.append(Entry(name: name, value: value, line: line))
        }
        return file
    }
}
