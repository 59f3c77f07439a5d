import PortrunBase

/// The way in which a subcommand of docker, podman and nerdctl reads its words.
///
/// Source: `docker COMMAND --help` (26.1), podman-COMMAND(1), nerdctl's command reference.
struct DockerSyntax {
    enum Operands {
        /// none: what is listed are things of a kind, by filters
        case filtered(DockerName.Kind)
        case first(DockerName.Kind), all(DockerName.Kind)
        /// `NAME:/path`, on one side or both
        case copied
        /// a container and the name that it gets
        case renamed
        /// the image, and the command in the container
        case run
        /// the container, and the command in it
        case entered
        case networkThenContainer
        /// the name that it gets
        case made(DockerName.Kind)
        /// the folder that an image is built from
        case built
        /// what an image is made of, a file where it is of no kind, and the names that it gets
        case tagged(DockerName.Kind?)
        /// the image that a registry has
        case pulled
    }

    let operands: Operands
    /// The flags that take a value, or those that take none, whichever are fewer.
    private let flags: [String]
    private let areSwitches: Bool

    init(_ operands: Operands, _ flags: [String] = []) {
        self.operands = operands
        self.flags = flags
        areSwitches = false
    }

    init(_ operands: Operands, switches: [String]) {
        self.operands = operands
        flags = switches
        areSwitches = true
    }

    func takesValue(_ flag: String) -> Bool { flags.contains(flag) != areSwitches }

    /// False where the first operand ends the flags: the rest is for another program.
    var hasFlagsBehindOperands: Bool {
        switch operands {
        case .run, .entered: false
        case .filtered, .first, .all, .copied, .renamed, .networkThenContainer, .made, .built, .tagged, .pulled: true
        }
    }

    /// nil for a subcommand that names nothing of a project's.
    ///
    /// - Parameter group: one of `groups`, nil where none is written.
    init?(_ group: String?, _ verb: String) {
        switch group {
        case "checkpoint": self.init(checkpoint: verb)
        case "system":
            guard verb == "events" else { return nil }
            self.init(nil, verb)
        case "healthcheck":
            guard verb == "run" else { return nil }
            self.init(.first(.container))
        case "volume": self.init(volume: verb)
        case "network": self.init(network: verb)
        case "image": self.init(image: verb)
        case "container": self.init(container: verb)
        case "buildx", "builder":
            guard verb == "build" else { return nil }
            self.init(image: verb)
        case nil:
            switch verb {
            case "inspect": self.init(.all(.any), ["-f", "--format", "--type"])
            case "events": self.init(.filtered(.container), ["-f", "--filter", "--format", "--since", "--until"])
            case "debug": self.init(.first(.any), ["-c", "--command", "--shell", "--host"])
            case "ps": self.init(container: "ls")
            case "rmi": self.init(image: "rm")
            case "build", "tag", "untag", "save", "history", "push", "pull", "import": self.init(image: verb)
            case "ls", "list", "prune": return nil
            default: self.init(container: verb)
            }
        default: return nil
        }
    }

    /// The words before a subcommand that say what it is about.
    static let groups = [
        "container", "volume", "network", "image", "buildx", "builder", "checkpoint", "system", "healthcheck",
    ]

    /// Those whose `prune` may find what another checkout has.
    static let pruned = ["container", "volume", "network", "image", "system"]

    private init?(checkpoint verb: String) {
        guard ["create", "ls", "list", "rm", "remove"].contains(verb) else { return nil }
        self.init(.first(.container), ["--checkpoint-dir"])
    }

    private init?(container verb: String) {
        let several = ["--cidfile", "--filter"]
        switch verb {
        case "run", "create": self.init(.run, switches: Self.runSwitches)
        case "exec":
            self.init(
                .entered,
                [
                    "--detach-keys", "-e", "--env", "--env-file", "-u", "--user", "-w", "--workdir", "--preserve-fd",
                    "--preserve-fds", "--cidfile",
                ])
        case "top": self.init(.entered)
        case "cp": self.init(.copied)
        case "logs": self.init(.all(.container), ["--since", "--until", "--tail", "-n"])
        case "stop", "restart", "kill", "rm", "remove":
            self.init(.all(.container), several + ["-s", "--signal", "-t", "--time", "--timeout"])
        case "start":
            self.init(.all(.container), several + ["--checkpoint", "--checkpoint-dir", "--detach-keys", "-f"])
        case "pause", "unpause": self.init(.all(.container), several + ["-f"])
        case "wait": self.init(.all(.container), ["-i", "--interval", "--condition"])
        case "stats": self.init(.all(.container), ["--format", "-i", "--interval"])
        case "inspect": self.init(.all(.container), ["-f", "--format"])
        case "attach": self.init(.first(.container), ["--detach-keys"])
        case "port": self.init(.first(.container))
        case "diff": self.init(.first(.container), ["--format"])
        case "export": self.init(.first(.container), ["-o", "--output"])
        case "commit":
            self.init(
                .tagged(.container),
                ["-a", "--author", "-c", "--change", "-m", "--message", "-f", "--format", "--iidfile"])
        case "update":
            // Each flag changes a limit, and takes it.
            self.init(.all(.container), switches: ["--help"])
        case "rename": self.init(.renamed)
        // podman's
        case "clone": self.init(.renamed, switches: ["--destroy", "-f", "--force", "--run", "--help"])
        case "checkpoint": self.init(.all(.container), ["-c", "--compress", "-e", "--export", "--create-image"])
        case "restore": self.init(.all(.container), ["-i", "--import", "--import-previous", "--pod", "-n", "--name"])
        case "init", "exists", "mount", "umount", "unmount": self.init(.all(.container), several + ["--format"])
        case "cleanup": self.init(.all(.container), ["--exec"])
        case "ls", "ps", "list":
            self.init(.filtered(.container), ["-f", "--filter", "--format", "-n", "--last", "--sort", "-w", "--watch"])
        default: return nil
        }
    }

    private init?(volume verb: String) {
        switch verb {
        case "create": self.init(.made(.volume), switches: ["--ignore", "--help"])
        case "rm", "remove": self.init(.all(.volume), ["-t", "--time"])
        case "inspect": self.init(.all(.volume), ["-f", "--format"])
        case "update": self.init(.all(.volume), switches: ["--help"])
        case "exists", "mount", "unmount": self.init(.all(.volume))
        case "export", "import": self.init(.first(.volume), ["-o", "--output"])
        case "ls", "list": self.init(.filtered(.volume), ["-f", "--filter", "--format"])
        default: return nil
        }
    }

    private init?(network verb: String) {
        switch verb {
        case "create":
            self.init(
                .made(.network),
                switches: [
                    "--attachable", "--config-only", "--ingress", "--internal", "--ipv6", "--ignore", "--disable-dns",
                    "--help",
                ])
        case "rm", "remove": self.init(.all(.network), ["-t", "--time"])
        case "inspect": self.init(.all(.network), ["-f", "--format"])
        case "exists": self.init(.all(.network))
        case "ls", "list": self.init(.filtered(.network), ["-f", "--filter", "--format"])
        case "reload": self.init(.all(.container))
        case "connect":
            self.init(
                .networkThenContainer,
                ["--alias", "--driver-opt", "--ip", "--ip6", "--link", "--link-local-ip", "--mac-address"])
        case "disconnect": self.init(.networkThenContainer)
        default: return nil
        }
    }

    /// The flags of `run` and `create` without a value.
    private static let runSwitches = [
        "-d", "--detach", "-i", "--interactive", "-t", "--tty", "--rm", "--init", "--privileged", "-P", "--publish-all",
        "-q", "--quiet", "--read-only", "--no-healthcheck", "--oom-kill-disable", "--sig-proxy", "--help",
        "--disable-content-trust", "--use-api-socket",
        // podman's
        "--env-host", "--http-proxy", "--no-hosts", "--no-hostname", "--passwd", "--read-only-tmpfs", "--replace",
        "--rmi", "--rootfs", "--tls-verify", "--unsetenv-all",
    ]
}
