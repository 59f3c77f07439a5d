import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// The dashboard in a real Chromium; what is done there stands in Tests/Scenarios/dashboard.py. One browser at a time: some
/// of it is to be seen within a second.
@Suite(.serialized, .timeLimit(.minutes(30)))
struct DashboardTests {
    static let python = Checkout.root + "/.build/browser/bin/python"
    static let chromium = Program.find("chromium")
    static let isInstalled = FileManager.default.isExecutableFile(atPath: python) && chromium != nil

    @Test(
        .enabled(if: isInstalled, "not installed: scripts/servers.sh and scripts/dependencies.sh install a browser"),
        arguments: [
            "a_token_signs_in_once", "it_lives", "a_stranger_is_called_one", "a_release_asks", "what_runs_is_kept",
            "it_works_without_a_script", "many_tabs_load", "a_hidden_page_keeps_no_connection",
            "it_is_for_every_eye", "others_stay_out",
        ])
    func inABrowser(_ name: String) throws { try go(through: name, in: Project().scratch) }

    @Test(.enabled(if: isInstalled, "not installed: scripts/servers.sh and scripts/dependencies.sh install a browser"))
    func markupIsText() throws {
        try go(through: "markup_is_text", in: Scratch(), folder: "<img src=x onerror=alert(1)>")
    }

    @Test(.enabled(if: isInstalled, "not installed: scripts/servers.sh and scripts/dependencies.sh install a browser"))
    func fourHundredCheckouts() throws { try go(through: "four_hundred_checkouts", in: Scratch()) }

    private func go(through name: String, in scratch: Scratch, folder: String = "shop") throws {
        let quoted = ShellWord.quoted
        let words = [Self.python, Checkout.root + "/Tests/Scenarios/dashboard.py", Program.portrun]
        let command = (words + [try #require(Self.chromium), name]).map(quoted).joined(separator: " ")
        let outcome = try scratch.shell(
            """
            mkdir \(quoted(folder)) && cd \(quoted(folder)) && git init -q -b main && "$LAUNCHER" book -q web >/dev/null
            \(command)
            status=$?
            "$LAUNCHER" daemon stop -q
            exit $status
            """)
        #expect(outcome.ending == .exited(0) && outcome.output.hasSuffix("all is well\n"), "\(outcome.errors)")
    }
}
