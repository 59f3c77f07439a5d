import PortrunBase

extension ComposeProject {
    /// A warning for each entry whose service has more containers than the entry has host ports: Docker starts so many
    /// and then finds the ports taken, wherever they are moved.
    ///
    /// - Parameter folder: the folder that warnings name files relative to.
    package func replicaWarnings(relativeTo folder: String) -> [Warning] {
        var warnings: [Warning] = []
        for port in ports where port.isActive && port.replicas > 1 && !port.isContinued {
            guard let range = port.published.range, range.count < port.replicas
            else { continue }
            warnings.append(
                Warning(
                    file: port.file == "-" ? "standard input" : Path.shortest(port.file, from: folder), line: port.line,
                    "service `\(port.service)` has \(port.replicas) replicas, which cannot share port \(range)"))
        }
        return warnings
    }

    /// Notes how many containers a service has, whatever the files say.
    package mutating func scale(_ service: String, to replicas: Int) {
        for index in services.indices where services[index].name == service { services[index].replicas = replicas }
        for index in ports.indices where ports[index].service == service { ports[index].replicas = replicas }
    }
}
