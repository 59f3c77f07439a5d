import CBuild
import PortrunBase

/// Which portrun this is: of the command, the daemon and the library.
package enum Version {
    package static let text = "0.1.0"

    /// With the commit that it was built of, as far as that is known, and how it was linked: `0.1.0 (889a7db0c1d2, static)`.
    package static let description: String = {
        let commit = String(cString: portrun_build_commit())
        return "\(text) (\(commit.isEmpty ? "" : commit + ", ")\(String(cString: portrun_build_kind())))"
    }()
}
