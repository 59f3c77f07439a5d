/// Where container engines listen on this machine.
enum EngineSocket {
    /// The unix sockets to ask.
    ///
    /// `DOCKER_HOST`, else the docker context that `DOCKER_CONTEXT` or docker's settings choose, names the one engine
    /// there is; one that listens elsewhere (`tcp:`, `ssh:`) is not asked. Without either, every socket where an engine
    /// listens by default: Docker's, rootless Docker's, podman's.
    ///
    /// Source: docs.docker.com, «Docker contexts»; podman-system-service(1).
    static func paths(environment: Environment, home: String?) -> [String] {
        if let host = environment.nonEmpty("DOCKER_HOST") { return path(ofEndpoint: host) }
        let settings = environment.nonEmpty("DOCKER_CONFIG") ?? home.map { $0 + "/.docker" }
        let context =
            environment.nonEmpty("DOCKER_CONTEXT")
            ?? settings.flatMap { document($0 + "/config.json")?["currentContext"]?.string }
        if let context, !context.isEmpty, context != "default" {
            return settings.flatMap { endpoint(of: context, in: $0) }.map(path) ?? []
        }
        var paths = ["/var/run/docker.sock"]
        if let folder = environment["XDG_RUNTIME_DIR"], folder.hasPrefix("/") {
            paths += [folder + "/docker.sock", folder + "/podman/podman.sock"]
        }
        return paths
    }

    /// The path in `unix:///run/x.sock`; none for an endpoint that is no unix socket.
    private static func path(ofEndpoint endpoint: String) -> [String] {
        endpoint.rest(after: "unix://").map { $0.hasPrefix("/") ? [$0] : [] } ?? []
    }

    /// The endpoint of one context in the store of contexts below docker's settings.
    ///
    /// Its folders are named by a hash of the context's name, but there are few, and each says whose it is.
    private static func endpoint(of context: String, in settings: String) -> String? {
        let store = settings + "/contexts/meta"
        for folder in FileSystem.names(in: store) ?? [] {
            guard let entry = document("\(store)/\(folder)/meta.json"), entry["Name"]?.string == context
            else { continue }
            return entry["Endpoints"]?["docker"]?["Host"]?.string
        }
        return nil
    }

    private static func document(_ path: String) -> JSONValue? {
        // A file that is missing or cannot be read says nothing.
        (try? FileSystem.read(path)).flatMap { JSONParser.value(of: $0[...]) }
    }
}

extension Environment {
    fileprivate func nonEmpty(_ name: String) -> String? {
        self[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
