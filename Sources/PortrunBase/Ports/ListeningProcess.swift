/// A process that listens on a port.
package struct ListeningProcess: Sendable, Equatable {
    package let pid: Int32
    /// The name of its executable, at most 15 bytes on Linux.
    package let name: String
    /// Its words for people, at most about a line.
    package let command: String

    /// The programs that listen on the host for containers.
    private static let containerEngines: Set = [
        "docker-proxy", "dockerd", "containerd", "containerd-shim", "rootlesskit", "rootlessport", "slirp4netns",
        "pasta", "passt", "podman", "conmon", "vpnkit", "com.docker.backe", "com.docker.backend", "OrbStack", "limactl",
        "gvproxy",
    ]

    /// True when it listens for a container and not for itself.
    package var isContainerEngine: Bool { Self.containerEngines.contains(name) }
}
