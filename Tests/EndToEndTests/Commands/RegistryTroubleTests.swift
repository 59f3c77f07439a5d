import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// What a user sees when something is wrong with the registry.
@Suite(.timeLimit(.minutes(30)))
struct RegistryTroubleTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(arguments: [["--", "/bin/echo", "ran"], ["get", "web", "-q"], ["status"], ["gc"]])
    func aCorruptFileIsSetAsideWithAWarning(_ words: [String]) throws {
        let garbage = "this is not a database, but somebody may want it back\n"
        try Data(garbage.utf8).write(to: URL(fileURLWithPath: scratch.registry))
        let outcome = try scratch.run([Program.portrun] + words)
        #expect(outcome.ending == .exited(0))
        let warning =
            /portrun: warning: the registry `(.*)` was corrupt: set aside as `(.*)`, a new one made\n/
        let match = try #require(outcome.errors.wholeMatch(of: warning), "\(outcome)")
        #expect(match.1 == scratch.registry)
        #expect(try String(contentsOfFile: String(match.2), encoding: .utf8) == garbage)
        #expect(try scratch.run([Program.portrun] + words).errors.isEmpty)
    }

    @Test func aFolderInItsPlaceIsAnError() throws {
        try FileManager.default.createDirectory(atPath: scratch.registry, withIntermediateDirectories: false)
        #expect(
            try scratch.run([Program.portrun, "--", "/bin/echo", "ran"])
                == .failed(
                    125,
                    """
                    portrun: error: cannot open the registry `\(scratch.registry)`: not a regular file
                    portrun: hint: name another file with `--registry` or `PORTRUN_REGISTRY`

                    """))
    }

    @Test func aFolderThatCannotBeMadeIsAnError() throws {
        let outcome = try scratch.run([
            Program.portrun, "get", "web", "--registry", "/proc/portrun/registry.sqlite",
        ])
        #expect(outcome.ending == .exited(125))
        #expect(outcome.errors.hasPrefix("portrun: error: cannot make the folder `/proc/portrun`: "))
        #expect(
            outcome.errors.hasSuffix(
                "\nportrun: hint: name another file with `--registry` or `PORTRUN_REGISTRY`\n"))
    }

    @Test func isMadeBelowHome() throws {
        let environment = ["HOME=\(scratch.home)", "PATH=/usr/bin:/bin"]
        #expect(
            try scratch.run([Program.portrun, "--", "/bin/true"], environment: environment) == .printed(""))
        let folder = scratch.home + "/.local/state/portrun"
        #expect(try mode(of: folder) == 0o700)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            #expect(try mode(of: "\(folder)/\(name)") == (name == "shims" ? 0o700 : 0o600), "\(name)")
        }
    }

    private func mode(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
