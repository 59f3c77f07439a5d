import PortrunBase

extension ComposeLoader {
    /// True for what compose would fetch: a git repository, an OCI artifact, an address of any other kind.
    ///
    /// https://docs.docker.com/compose/how-tos/multiple-compose-files/include/, and compose's own rule for git
    /// (moby/buildkit, util/gitutil): `github.com/…` needs no scheme.
    static func isRemote(_ path: String) -> Bool {
        path.hasPrefix("git@") || path.hasPrefix("github.com/") || path.split(separator: "/").first?.last == ":"
    }

    /// Notes that what is elsewhere has been left out; the rest of the project is read without it.
    mutating func leaveOut(_ path: String, at location: SourceLocation) {
        isComplete = false
        diagnostics.note(failure(.remote(path), at: location).warning)
    }
}
