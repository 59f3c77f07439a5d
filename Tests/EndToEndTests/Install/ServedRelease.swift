import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// A release that a server on this machine has, as `scripts/install-release.sh` fetches it. Its portrun prints its version
/// and no more.
struct ServedRelease {
    let project: Project
    private let server: RunningProgram
    let address: String
    var prefix: String { project.scratch.home + "/.local" }

    init() throws {
        project = try Project()
        let build = """
            set -e
            mkdir -p ../releases/latest/download ../files
            cd ../files
            name=portrun-$(uname -s | sed 's/Linux/linux/; s/Darwin/macos/')-$(uname -m | sed s/arm64/aarch64/)
            mkdir -p $name/bin $name/share/man/man1
            printf '#!/bin/sh\\necho 9.8.7\\n' >$name/bin/portrun
            chmod +x $name/bin/portrun
            echo page >$name/share/man/man1/portrun.1
            echo licence >$name/LICENSE
            python3 '\(Checkout.root)/scripts/tar.py' . $name 0 >../releases/latest/download/$name.tar.gz
            cd ../releases/latest/download
            (sha256sum $name.tar.gz 2>/dev/null || shasum -a 256 $name.tar.gz) >SHA256SUMS
            """
        try #require(try project.scratch.shell(build) == .printed(""))
        let serve = """
            import http.server, os
            class Handler(http.server.SimpleHTTPRequestHandler):
                def log_message(self, *arguments): pass
            os.chdir("../releases")
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            print("at", server.server_port, flush=True)
            server.serve_forever()
            """
        server = try project.scratch.start(["/usr/bin/env", "python3", "-c", serve])
        address = "http://127.0.0.1:\(try server.number(after: "at"))"
    }

    /// What the script does that is read from a pipe, as people run it.
    func install(_ words: [String] = [], by shell: String = "sh", path: String? = nil) throws -> Outcome {
        let path = path ?? "/usr/local/bin:/usr/bin:/bin"
        let script = "\(Checkout.root)/scripts/install-release.sh"
        // The shell reads the script as it goes on.
        let command = "cat '\(script)' | '\(shell)' -s -- \"$@\""
        return try project.scratch.run(
            ["/bin/sh", "-c", command, "sh", "--prefix", prefix] + words,
            environment: project.scratch.environment.filter { !$0.hasPrefix("PATH=") }
                + ["PATH=\(path)", "PORTRUN_RELEASES=\(address)"])
    }

    /// The files below the prefix.
    func files() -> [String] {
        let all = FileManager.default.enumerator(atPath: prefix)?.compactMap { $0 as? String } ?? []
        return all.filter { FileSystem.kind(of: prefix + "/" + $0) == .file }.sorted()
    }

    /// Changes the release by a command that runs in the folder of its files, and in which `$name` is the archive's.
    func change(_ command: String) throws {
        let script = """
            set -e
            cd ../files
            name=$(echo portrun-*)
            \(command)
            python3 '\(Checkout.root)/scripts/tar.py' . $name 0 >../releases/latest/download/$name.tar.gz
            cd ../releases/latest/download
            (sha256sum $name.tar.gz 2>/dev/null || shasum -a 256 $name.tar.gz) >SHA256SUMS
            """
        try #require(try project.scratch.shell(script) == .printed(""))
    }

    /// The tools that the script wants, beside one that fetches.
    static let tools =
        "sh cat sed sort tar gzip uname id mktemp rm rmdir mkdir dirname find cp chmod mv grep head printf awk ls sha256sum"
}
