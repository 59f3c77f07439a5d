/// The ports that the files of a project say it binds, each once.
package struct Adoption: Sendable {
    package private(set) var ports: [FoundPort] = []
    /// Files that could not be read.
    package private(set) var warnings: [Warning] = []

    /// Looks into `package.json`, `.env` and `.env.…`, Procfiles and makefiles of `folder`, behind what compose
    /// declares: that has the best names.
    package init(_ declared: [DeclaredPort], in folder: String) {
        let plan = BookingPlan(
            BookingPlan.Wishes(), folder: "", declared: declared, hasPrimary: false, environment: Environment())
        for request in plan.requests {
            guard let entry = request.entry, let first = request.declared,
                let ports = PortRange(first, count: request.count)
            else { continue }
            var found = FoundPort(
                request.service, first, Path.shortest(declared[entry].file, from: folder), line: declared[entry].line)
            found.ports = ports
            found.transport = request.transport
            found.target = request.target
            found.variable = request.variable
            add(found)
        }
        for name in (FileSystem.names(in: folder) ?? []).sorted() {
            guard let reader = Self.reader(of: name) else { continue }
            do {
                let text = String(decoding: try FileSystem.read(folder + "/" + name), as: UTF8.self)
                reader(text, name).forEach { add($0) }
            } catch {
                warnings.append(Warning("cannot read \(error.message)"))
            }
        }
    }

    private static func reader(of name: String) -> ((String, String) -> [FoundPort])? {
        switch name {
        case "package.json": PackagePorts.read
        case "Makefile", "makefile", "GNUmakefile": MakefilePorts.read
        case "Procfile",
            _ where name.hasPrefix("Procfile."):
            ProcfilePorts.read
        case ".env",
            _ where name.hasPrefix(".env."):
            DotenvPorts.read
        default: nil
        }
    }

    /// A port that is known gets one more place; a name that is taken gets the port behind it.
    private mutating func add(_ found: FoundPort) {
        let known = ports.firstIndex { $0.transport == found.transport && $0.ports.overlaps(found.ports) }
        if let known {
            ports[known].places += found.places.filter { !ports[known].places.contains($0) }
            return
        }
        var found = found
        if ports.contains(where: { $0.service == found.service && $0.transport == found.transport }) {
            found.service = found.service.appending(Int(found.ports.first.number))
        }
        ports.append(found)
    }
}
