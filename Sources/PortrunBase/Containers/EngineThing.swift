/// A container, volume or network that an engine has, in use or not.
package struct EngineThing: Sendable, Equatable {
    /// nil for a volume, which has none.
    package let id: String?
    package let name: String
    /// The compose project that it was made for; nil for none.
    package let project: String?
    /// The folder that the project was started from, of a container; as far as it exists without links.
    package let workingDirectory: String?

    package enum Kind: Sendable {
        case container, volume, network
    }

    package init(id: String?, name: String, project: String?, workingDirectory: String? = nil) {
        self.id = id
        self.name = name
        self.project = project
        self.workingDirectory = workingDirectory
    }

    /// One element of the engine's list; nil where that has no name.
    ///
    /// Source: Docker Engine API, ContainerSummary, Volume and Network.
    init?(_ element: JSONValue) {
        guard let name = element["Name"]?.string ?? element["Names"]?.elements?.first?.string else { return nil }
        let labels = element["Labels"]
        self.init(
            id: element["Id"]?.string, name: name.rest(after: "/") ?? name,
            project: labels?["com.docker.compose.project"]?.string,
            workingDirectory: labels?["com.docker.compose.project.working_dir"]?.string.map(
                FileSystem.resolvedAsFarAsPossible))
    }
}

extension ContainerEngine {
    /// All things of a kind that the engines have; none where nobody answers.
    package func all(_ kind: EngineThing.Kind) -> [EngineThing] {
        switch kind {
        case .container:
            lists(at: "/containers/json?all=1").flatMap { $0.elements ?? [] }.compactMap { EngineThing($0) }
        case .volume:
            lists(at: "/volumes").flatMap { $0["Volumes"]?.elements ?? [] }.compactMap { EngineThing($0) }
        case .network: lists(at: "/networks").flatMap { $0.elements ?? [] }.compactMap { EngineThing($0) }
        }
    }
}
