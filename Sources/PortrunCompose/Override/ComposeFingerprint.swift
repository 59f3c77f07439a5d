import PortrunBase

/// All that decides which compose a command runs, and in which version: another one after an update.
///
/// `docker` leaves compose to a plugin, and `podman` to a program, so that those which they may find count as well
/// (docker: cli-plugins/manager; podman-compose(1)).
struct ComposeFingerprint {
    /// As many hex digits as a file can be keyed by.
    let text: String

    private static let pluginFolders = [
        "/usr/local/lib/docker/cli-plugins", "/usr/local/libexec/docker/cli-plugins", "/usr/lib/docker/cli-plugins",
        "/usr/libexec/docker/cli-plugins",
    ]

    private static let variables = [
        "DOCKER_CONFIG", "PODMAN_COMPOSE_PROVIDER", "CONTAINERS_CONF", "CONTAINERS_CONF_OVERRIDE",
    ]

    /// - Parameter words: the command that asks for the version, its program by its path.
    init(of words: [String], _ environment: Environment) {
        let home = environment["HOME"] ?? ""
        let settings = environment["DOCKER_CONFIG"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.docker"
        var files = [words[0], settings + "/config.json"]
        for folder in [settings + "/cli-plugins"] + Self.pluginFolders { files.append(folder + "/docker-compose") }
        for folder in [home + "/.config/containers", "/etc/containers", "/usr/share/containers"] {
            files.append(folder + "/containers.conf")
            files.append(folder + "/containers.conf.d")
        }
        var text = ""
        for word in words { text += word + "\n" }
        for name in Self.variables { text += (environment[name] ?? "") + "\n" }
        for file in files { text += Self.state(of: Array(file.utf8)) }
        for name in ["docker-compose", "podman-compose", "podman"] {
            let candidates = SearchPath(environment).absolute.candidates(for: Array(name.utf8))
            if let file = candidates.first(where: FileSystem.isExecutable) { text += Self.state(of: file) }
        }
        self.text = MD5.hexadecimal(of: text.utf8)
    }

    /// A file that was replaced has another inode, size or time.
    private static func state(of path: [UInt8]) -> String {
        var status = stat()
        guard path.withCString({ stat($0, &status) }) == 0 else { return "-\n" }
        let time = FileSystem.modified(status)
        return "\(status.st_ino) \(status.st_size) \(time.tv_sec) \(time.tv_nsec)\n"
    }
}
