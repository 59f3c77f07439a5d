import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// What the real podman-compose has podman publish for a project whose port another context has.
@Suite(
    .timeLimit(.minutes(30)),
    .enabled(
        if: FileManager.default.isExecutableFile(atPath: ServerCase.folder + "/podman-compose"),
        "needs podman-compose, see scripts/servers.sh"))
struct PodmanComposeTests {
    let shim: ShimProject

    /// With a podman that has no containers and notes what it is to run.
    init() throws {
        shim = try ShimProject()
        try shim.scratch.writeProgram(
            """
            #!/bin/sh
            case "$*" in --version* | "version "*) echo "podman version 5.4.0"; exit;; ps*json*) echo '[]'; exit;; esac
            case "$1" in create | run) ;; *) exit 0;; esac
            while [ $# -gt 0 ]; do
                [ "$1" != -p ] || echo "$2" >>"$HOME/published"
                shift
            done
            """, to: "bin/podman")
        try FileManager.default.createSymbolicLink(
            atPath: shim.scratch.project + "/bin/podman-compose",
            withDestinationPath: ServerCase.folder + "/podman-compose")
        // The folder was made before, and would not be looked at for a while.
        try FileManager.default.removeItem(atPath: shim.folder)
        try shim.scratch.write("services: {db: {ports: ['9187', '[::1]:7:7/udp']}}\n", to: "extra.yaml")
    }

    @Test(arguments: [
        (["/bin/sh", "-c", "podman-compose up -d"], ["FIRST:5432"]),
        (["podman-compose", "up", "-d"], ["FIRST:5432"]),
        (
            ["podman-compose", "-f", "compose.yaml", "-f", "extra.yaml", "up", "-d"],
            ["FIRST:5432", "SECOND:9187", "[::1]:7:7/udp"]
        ),
    ])
    func movesThePort(_ command: [String], _ expected: [String]) throws {
        let words = ["run", "--context", "second", "-q", "--"] + command
        let outcome = try shim.scratch.run([Program.portrun] + words, environment: shim.environment)
        #expect(outcome.ending == .exited(0), "\(outcome)")
        let text = String(decoding: try FileSystem.read(shim.scratch.home + "/published"), as: UTF8.self)
        let ports = expected.map {
            $0.replacingOccurrences(of: "FIRST", with: "\(shim.project.first)")
                .replacingOccurrences(of: "SECOND", with: "\(shim.project.first + 1)")
        }
        #expect(text.split(separator: "\n").map(String.init) == ports)
    }
}
