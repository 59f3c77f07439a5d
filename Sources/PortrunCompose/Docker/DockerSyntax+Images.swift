import PortrunBase

/// The subcommands about images.
extension DockerSyntax {
    init?(image verb: String) {
        switch verb {
        case "rm", "remove": self.init(.all(.image), ["--platform"])
        case "inspect": self.init(.all(.image), ["-f", "--format", "--platform"])
        case "history": self.init(.first(.image), ["--format", "--platform"])
        case "save": self.init(.all(.image), ["-o", "--output", "--format", "--platform"])
        case "tag": self.init(.tagged(.image))
        // podman's
        case "untag", "exists", "tree": self.init(.all(.image))
        case "pull":
            self.init(
                .pulled,
                switches: [
                    "-a", "--all-tags", "--disable-content-trust", "-q", "--quiet", "--help", "--tls-verify",
                    "--all-platforms",
                ])
        case "import":
            self.init(
                .tagged(nil), ["-c", "--change", "-m", "--message", "--platform", "--os", "--arch", "--variant"])
        case "push": self.init(.all(.image), ["--platform", "--authfile", "--cert-dir", "--creds", "--sign-by"])
        case "build": self.init(.built, switches: Self.buildSwitches)
        default: return nil
        }
    }

    /// The flags of `build` without a value.
    private static let buildSwitches = [
        "--check", "--debug", "-D", "--load", "--no-cache", "--pull", "--push", "-q", "--quiet", "--force-rm", "--rm",
        "--squash", "--compress", "--disable-content-trust", "--help",
        // podman's
        "--all-platforms", "--identity-label", "--layers", "--skip-unused-stages", "--squash-all", "--stdin",
        "--tls-verify",
    ]
}
