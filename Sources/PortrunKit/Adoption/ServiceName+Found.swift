import PortrunBase

extension ServiceName {
    /// The service whose port a variable carries: `API_GATEWAY_PORT` is that of `api-gateway`; nil for `PORT`.
    ///
    /// `endings` are what such variables end in, longest first.
    init?(variable: String, endings: [String] = ["PORT"]) {
        var name = variable[...]
        if let ending = endings.first(where: name.hasSuffix) { name = name.start(before: ending) ?? name }
        while name.last == "_" { name.removeLast() }
        self.init(String(name.lowercased().map { $0 == "_" ? "-" : $0 }))
    }

    /// The service at the address that a variable holds: `redis` for `CACHE_URL=redis://…`, else called after the
    /// variable.
    init?(variable: String, address: String) {
        // Before the first colon of a URL stands its scheme.
        let kind = ServiceKind(service: String(address.prefix { $0 != ":" }))
        if kind != .other {
            self.init(kind.rawValue)
        } else {
            self.init(
                variable: variable, endings: ["_BASE_URL", "_URL", "_URI", "_ADDRESS", "_ADDR", "_HOST", "URL"])
        }
    }

    /// The service that a task starts: `dev:api` is `api`; nil for a task that is called after what it does.
    init?(task: String) {
        let parts = task.split(separator: ":").map(String.init)
        self.init(parts.filter { !Self.verbs.contains($0) }.joined(separator: "-"))
    }

    /// The names of tasks that start a project, the most usual first.
    static let verbs = ["dev", "develop", "start", "serve", "server", "run", "preview", "up", "watch"]
}
