import PortrunLaunch

/// Mounts that only a test's own processes see: unshare(1).
enum OwnMounts {
    /// False without root, and in a container that may not.
    static let areAllowed = (try? Scratch().shell("unshare -m mount -t tmpfs none /mnt").ending) == .exited(0)
}
