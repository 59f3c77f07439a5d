import PortrunBase

extension CommandWord {
    /// The tag that the word names where images are kept; nil for a file or folder that an image is written to, or read
    /// from.
    ///
    /// Source: containers-transports(5). Of the short ones docker knows none, and an image may be called `oci:dev`.
    func imageTag(of tool: ComposeTool) -> CommandWord? {
        for transport in ["containers-storage:", "docker-daemon:", "docker://"] {
            if let tag = dropping(transport) { return tag }
        }
        if dropping("oci-archive:") != nil || dropping("docker-archive:") != nil { return nil }
        for transport in ["oci:", "dir:", "sif:", "ostree:", "tarball:"] {
            guard let rest = dropping(transport)?.text else { continue }
            if tool == .podman || rest.utf8.contains(UInt8(ascii: "/")) { return nil }
        }
        return self
    }
}
