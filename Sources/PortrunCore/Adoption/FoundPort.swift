/// A port that a project's files say it binds.
package struct FoundPort: Sendable, Equatable {
    package var service: ServiceName
    package var ports: PortRange
    package var transport = TransportProtocol.tcp
    package var target: Port?
    package var variable: String?
    /// Where it stands, the place that gave it its name first.
    package var places: [Place]

    /// A line of a file, as the user would name it.
    package struct Place: Sendable, Equatable, CustomStringConvertible {
        package let file: String
        /// Counted from 1.
        package let line: Int

        package var description: String { "\(file):\(line)" }
    }

    init(_ service: ServiceName, _ port: Port, _ file: String, line: Int) {
        self.service = service
        ports = PortRange(port)
        places = [Place(file: file, line: line)]
    }
}

extension ServiceName {
    /// The service whose port a variable carries: `API_GATEWAY_PORT` is that of `api-gateway`, `PORT` of `web`.
    ///
    /// `endings` are what such variables end in, longest first.
    init?(variable: String, endings: [String] = ["PORT"]) {
        var name = variable[...]
        if let ending = endings.first(where: name.hasSuffix) { name = name.dropLast(ending.count) }
        while name.last == "_" { name.removeLast() }
        self.init(name.isEmpty ? "web" : String(name.lowercased().map { $0 == "_" ? "-" : $0 }))
    }

    /// The service that a task starts: `dev:api` is `api`, a task that is called after what it does `web`.
    init?(task: String) {
        let verbs = ["dev", "develop", "start", "serve", "server", "run", "preview", "up", "watch"]
        let parts = task.split(separator: ":").map(String.init)
        let name = parts.filter { !verbs.contains($0) }.joined(separator: "-")
        self.init(name.isEmpty ? "web" : name)
    }
}
