import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// The API against its own document, by a program that others wrote: what the document allows is done, what it does not
/// is refused, and every answer is one that it describes.
@Suite(.timeLimit(.minutes(30)))
struct SchemathesisTests {
    static let program = Checkout.root + "/.build/schemathesis/bin/schemathesis"

    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: program),
            "not installed: scripts/servers.sh installs schemathesis"))
    func everyCheckPasses() throws {
        let daemon = try TestDaemon()
        let outcome = try daemon.project.scratch.run([
            Self.program, "run", "http://\(daemon.address)/api/v1/openapi.json", "--workers", "1", "--max-examples",
            "50",
            "--generation-database", "none", "--no-color",
            // It never ends: EventTests watches it.
            "--exclude-path", "/api/v1/events",
        ])
        #expect(outcome.ending == .exited(0), "\(outcome.output)")
        // All of them, and more than a few times.
        let operations = try #require(outcome.output.firstMatch(of: /Operations: +([0-9]+) selected \/ ([0-9]+) total/))
        #expect(Int(operations.1).map { $0 + 1 } == Int(operations.2))
        let cases = try #require(outcome.output.firstMatch(of: /([0-9]+) generated, ([0-9]+) passed/))
        #expect(cases.1 == cases.2 && Int(cases.1).map { $0 > 500 } == true)
        try daemon.stop()
    }
}
