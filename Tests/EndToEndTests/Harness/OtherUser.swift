import PortrunBase
import PortrunLaunch

/// How one of two programs is made that of another user, who does not let the first one's look.
enum OtherUser {
    /// Before a program that root starts as `nobody`; nil unless this is root.
    static let asNobody: [String]? =
        geteuid() == 0
        ? Program.find("setpriv").map { [$0, "--reuid=65534", "--regid=65534", "--clear-groups", "--"] } : nil

    /// Before a program that is started as root; nil where this is root, or may not become it unasked.
    static let asRoot: [String]? =
        geteuid() == 0
        ? nil
        : Program.find("sudo").flatMap { sudo in
            let outcome = try? Scratch().run([sudo, "-n", "true"])
            return outcome?.ending == .exited(0) ? [sudo, "-n", "--"] : nil
        }

    static var exists: Bool { asNobody != nil || asRoot != nil }
}
