/// A container, as an engine lists it while it runs.
package struct Container: Sendable, Equatable {
    /// Its own name, such as `shop-postgres-1`.
    package let name: String
    /// The name of its compose project; nil for one that was made by `docker run` or the like.
    package let project: String?
    /// Its service in the project.
    package let service: String?
    /// The folder that the project was started from; as far as it exists without links.
    package let workingDirectory: String?
    /// The image as it was named when the container was made.
    package let image: String?
    /// The ports that it listens on, on the host. Empty while it waits for a restart.
    package let published: [PublishedPort]

    package struct PublishedPort: Sendable, Hashable {
        package let port: Port
        package let transport: TransportProtocol

        package init(_ port: Port, _ transport: TransportProtocol) {
            self.port = port
            self.transport = transport
        }
    }

    package init(
        name: String, project: String?, service: String?, workingDirectory: String?, published: [PublishedPort],
        image: String? = nil
    ) {
        self.name = name
        self.project = project
        self.service = service
        self.workingDirectory = workingDirectory
        self.published = published
        self.image = image
    }

    /// One element of the answer to `GET /containers/json`; nil for a container without a name.
    ///
    /// Source: Docker Engine API, ContainerSummary; the labels are those that compose, podman-compose and nerdctl set.
    package init?(_ summary: JSONValue) {
        guard let name = summary["Names"]?.elements?.first?.string else { return nil }
        self.name = name.rest(after: "/") ?? name
        image = summary["Image"]?.string
        let labels = summary["Labels"]
        project = labels?["com.docker.compose.project"]?.string
        service = labels?["com.docker.compose.service"]?.string
        workingDirectory = labels?["com.docker.compose.project.working_dir"]?.string.map(
            FileSystem.resolvedAsFarAsPossible)
        var published: [PublishedPort] = []
        for entry in summary["Ports"]?.elements ?? [] {
            guard let port = entry["PublicPort"]?.integer.flatMap({ Port($0) }),
                let transport = entry["Type"]?.string.flatMap(TransportProtocol.init)
            else { continue }
            // IPv4 and IPv6 have an entry each.
            let one = PublishedPort(port, transport)
            if !published.contains(one) { published.append(one) }
        }
        self.published = published
    }

    /// The words that end it.
    package var end: String {
        project.map { "docker compose -p \(ShellWord.quoted($0)) down" } ?? "docker stop \(ShellWord.quoted(name))"
    }
}

extension FileSystem {
    /// `path` with the links resolved in that part of it that exists: a deleted folder keeps its name.
    static func resolvedAsFarAsPossible(_ path: String) -> String {
        guard path.hasPrefix("/") else { return path }
        var existing = Path.absolute(path, in: "/")
        var missing = ""
        while existing != "/" {
            if let real = resolved(existing) { return real == "/" && !missing.isEmpty ? missing : real + missing }
            missing = "/" + Path.lastName(existing) + missing
            existing = Path.parent(existing)
        }
        return missing.isEmpty ? "/" : missing
    }
}
