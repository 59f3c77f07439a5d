import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// A project with a fixed port that another context has taken, and a docker that prints what it is given.
struct ShimProject {
    let project: Project
    /// What `compose.yaml` and `other/compose.yaml` publish.
    var fixed: Int { project.outside }
    var fixedElsewhere: Int { project.outside + 1 }

    init() throws {
        project = try Project()
        try scratch.writeProgram(
            """
            #!/bin/sh
            case "$*" in version | *"compose version") echo "Docker Compose version v2.30.0"; exit;; esac
            printf '%s' "${0##*/}"
            for word; do printf ' <%s>' "$word"; done
            echo " $COMPOSE_PROJECT_NAME"
            """, to: "bin/docker")
        try linkTools()
        try scratch.write("services: {db: {image: x, ports: ['\(fixed):5432']}}\n", to: "compose.yaml")
        try scratch.write("services: {cache: {image: x, ports: ['\(fixedElsewhere):1']}}\n", to: "other/compose.yaml")
        try project.take(fixed)
        try project.take(fixedElsewhere, for: "cache")
        for folder in [".", "other"] {
            try #require(try run("--context", "first", "-C", folder, "--", "true").ending == .exited(0))
        }
    }

    var scratch: Scratch { project.scratch }
    /// No tool that the machine may have is in it.
    var path: String { "\(scratch.project)/bin:\(scratch.project)/tools" }
    var environment: [String] {
        scratch.shellEnvironment.map { entry in
            entry.hasPrefix("PATH=") ? "PATH=\(path)" : entry
        }
    }

    func run(_ words: String...) throws -> Outcome {
        try scratch.run([Program.portrun] + words, environment: environment)
    }

    /// Makes the folder of ordinary tools.
    private func linkTools() throws {
        try FileManager.default.createDirectory(atPath: scratch.project + "/tools", withIntermediateDirectories: true)
        for tool in ["sh", "true", "cat", "rm", "mkdir", "ln", "ls", "cp", "mv", "readlink", "env", "touch"] {
            let places = ["/bin/\(tool)", "/usr/bin/\(tool)"]
            let place = try #require(places.first { FileManager.default.isExecutableFile(atPath: $0) })
            try FileManager.default.createSymbolicLink(
                atPath: "\(scratch.project)/tools/\(tool)", withDestinationPath: place)
        }
    }

    /// Runs a script as the command of portrun.
    func inside(_ script: String, _ options: String...) throws -> Outcome {
        try scratch.run(
            [Program.portrun, "run", "--context", "second", "-q"] + options + ["--", "/bin/sh", "-c", script],
            environment: environment)
    }

    /// Runs a script without portrun around it.
    func outside(_ script: String) throws -> Outcome {
        try scratch.run(["/bin/sh", "-c", script], environment: environment)
    }

    /// The folder of the shim, once there is one.
    var folder: String {
        let names = FileSystem.names(in: scratch.path + "/shims") ?? []
        return scratch.path + "/shims/" + (names.first ?? "none")
    }

    /// The files by which the second context moves its ports.
    func overrides() -> [String] {
        (FileSystem.names(in: scratch.path + "/overrides") ?? []).map { scratch.path + "/overrides/" + $0 }
    }
}
