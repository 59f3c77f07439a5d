import Foundation
import PortrunLaunch
import Testing

/// python_portpicker's own tests, with portrun in the place of its server.
@Suite(.timeLimit(.minutes(30)))
struct PortpickerTests {
    private static let environment = Checkout.root + "/.build/portpicker"
    private static let sources = environment + "/portpicker-1.6.0/src"
    private static let python = environment + "/bin/python"
    private static let isInstalled = FileManager.default.fileExists(atPath: sources + "/tests/portserver_test.py")

    let project: Project

    init() throws { project = try Project() }

    /// - Parameter sources: where portserver.py lies beside its tests.
    private func run(_ test: String, in sources: String, _ address: String?) throws -> Outcome {
        var variables = ["PYTHONPATH=\(sources)"]
        if let address { variables.append("PORTSERVER_ADDRESS=\(address)") }
        return try project.scratch.run(
            [Self.python, "\(sources)/tests/\(test).py"], environment: variables + project.scratch.environment)
    }

    @Test(
        .enabled(if: isInstalled, "not installed: scripts/servers.sh installs it"),
        arguments: [("portpicker_test", 21), ("portserver_test", 20)])
    func itsTestsPass(_ test: String, count: Int) throws {
        // The binary that one of its tests starts is portrun, too.
        let copy = project.scratch.path + "/src"
        try FileManager.default.copyItem(atPath: Self.sources, toPath: copy)
        let words = "['portrun', 'portserver'] + sys.argv[1:]"
        let head = "import os, sys\nif __name__ == '__main__': os.execv('\(Program.portrun)', \(words))\n"
        let body = try String(contentsOfFile: copy + "/portserver.py", encoding: .utf8)
        try (head + body).write(toFile: copy + "/portserver.py", atomically: true, encoding: .utf8)
        let session = try PortserverSession(in: project, pool: "\(project.web)-\(project.web + 99)")
        for sources in [Self.sources, copy] {
            let outcome = try run(test, in: sources, session.address.text)
            #expect(outcome.ending == .exited(0), "\(outcome.errors)")
            #expect(outcome.errors.contains("Ran \(count) tests"), "\(outcome.errors)")
            #expect(outcome.errors.hasSuffix("\nOK\n"), "\(outcome.errors)")
        }
        session.program.signal(SIGUSR1)
        try session.program.errors.wait(for: "total-allocations ")
        #expect(!session.program.errors.text.contains("total-allocations 0\n"))
    }
}
