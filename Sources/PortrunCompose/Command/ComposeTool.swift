import PortrunBase

/// The programs that understand compose files, by the name they are called under.
package enum ComposeTool: String, Sendable, CaseIterable {
    case docker, podman, nerdctl
    case dockerCompose = "docker-compose"
    case podmanCompose = "podman-compose"

    /// The program, where portrun starts it by itself.
    package var program: CapturedProgram.Tool {
        switch self {
        case .docker: .docker
        case .podman: .podman
        case .nerdctl: .nerdctl
        case .dockerCompose: .dockerCompose
        case .podmanCompose: .podmanCompose
        }
    }

    /// The tool that a command runs, by the last name of its program; nil for any other.
    package init?(running words: [String]) {
        guard let program = words.first else { return nil }
        self.init(named: Path.lastName(program))
    }

    /// As `init(rawValue:)`, which makes an array first; every launch asks.
    package init?(named name: String) {
        switch name {
        case "docker": self = .docker
        case "podman": self = .podman
        case "nerdctl": self = .nerdctl
        case "docker-compose": self = .dockerCompose
        case "podman-compose": self = .podmanCompose
        default: return nil
        }
    }

    /// True when the program is compose, false when `compose` is one of its subcommands.
    package var isComposeItself: Bool {
        switch self {
        case .docker, .podman, .nerdctl: false
        case .dockerCompose, .podmanCompose: true
        }
    }

    /// Flags before `compose` that take a value (`docker --help`, podman(1), `nerdctl --help`).
    var engineFlags: [String] {
        switch self {
        case .docker, .dockerCompose:
            [
                "--config", "-c", "--context", "-H", "--host", "-l", "--log-level", "--tlscacert",
                "--tlscert",
                "--tlskey",
            ]
        case .podman, .podmanCompose:
            [
                "--cdi-spec-dir", "--cgroup-manager", "--config", "--conmon", "-c", "--connection",
                "--db-backend",
                "--events-backend", "-H", "--hooks-dir", "--host", "--identity", "--imagestore",
                "--log-level",
                "--module", "--namespace", "--network-cmd-path", "--network-config-dir", "--out", "--root",
                "--runroot", "--runtime", "--runtime-flag", "--ssh", "--storage-driver", "--storage-opt",
                "--tmpdir", "--url", "--volumepath",
            ]
        case .nerdctl:
            [
                "-a", "--address", "--bridge-ip", "--cgroup-manager", "--cni-netconfpath", "--cni-path",
                "--data-root", "-H", "--host", "--host-gateway-ip", "--hosts-dir", "-n", "--namespace",
                "--snapshotter", "--storage-driver",
            ]
        }
    }

    /// Those of `engineFlags` that say which engine is meant.
    var placeFlags: [String] {
        switch self {
        case .docker, .dockerCompose: ["-c", "--context", "-H", "--host"]
        case .podman, .podmanCompose: ["-c", "--connection", "-H", "--host", "--url"]
        case .nerdctl: ["-a", "--address", "-H", "--host", "-n", "--namespace"]
        }
    }

    /// Flags of compose that take a value (`docker compose --help`, `podman-compose --help`).
    var composeFlags: [String] {
        let common = [
            "-f", "--file", "-p", "--project-name", "--profile", "--env-file", "--project-directory",
            "--workdir",
            "--parallel", "--progress", "--ansi",
        ]
        return switch self {
        case .docker: common
        // The program of its own takes docker's flags too.
        case .dockerCompose: common + engineFlags
        case .podman, .podmanCompose:
            common + [
                "--in-pod", "--pod-args", "--podman-path", "--podman-args", "--podman-pull-args",
                "--podman-push-args", "--podman-build-args", "--podman-run-args", "--podman-start-args",
                "--podman-stop-args", "--podman-rm-args", "--podman-volume-args",
            ]
        case .nerdctl: common + ["--ipfs-address"]
        }
    }
}
