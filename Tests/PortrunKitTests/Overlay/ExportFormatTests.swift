import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose
@testable import PortrunKit

/// What is printed for a shell means to the real shells what it should.
@Suite(.timeLimit(.minutes(30)))
struct ExportFormatTests {
    static let values = [
        "", "plain", "3000", "a b", "  ", "it's", "''", "'", "\"", "a\"b", "$HOME", "${HOME}", "$(echo x)",
        "`echo x`",
        "\\", "\\\\", "a\\nb", "\\'", "two\nlines", "\n", "ends with line\n", "\r\n", "tab\t", "*", "?",
        "[a]", "~", "~root",
        "a;b", "a&b", "a|b", "#c", "!x", "{a,b}", "-n", "--", "=", "a=b", "é", "👩‍👩‍👧‍👦",
        "'\u{301}; echo broken; '", "\u{2018}a\u{2019}", "$(id)", "a\\'b", "\\\\'", "%(x)", "END", "a\nEND\nb",
        "\u{301}", "\u{7F}", "\u{1B}[0m", "(", ")", "<x", ">x", "%s", "%%", "^", ",", "a'b\"c$d`e\\f\ng",
    ]

    @Test(arguments: ["bash", "dash", "zsh", "sh"])
    func everyValueReachesTheShell(_ shell: String) throws {
        try requireInstalled(shell)
        for value in Self.values {
            let overlay = Self.overlay(project: value)
            let script =
                ExportFormat.shell.text(of: overlay) + "printf '%s|' \"$COMPOSE_PROJECT_NAME\" \"$WEB_PORT\""
            let answer = ChildProcess.run([shell, "-c", script], environment: .ofTests)
            #expect(answer == .init(status: 0, output: value + "|3000|"), "\(value.debugDescription)")
        }
    }

    @Test(arguments: ["bash", "dash", "zsh", "sh"])
    func exportsAndUnsets(_ shell: String) throws {
        try requireInstalled(shell)
        let environment = Environment([
            "PATH": Environment.ofTests["PATH"] ?? "/bin", "OLD_PORT": "1",
            "PORTRUN_CHANGES": "OLD_PORT:1 NEVER_SET:1",
        ])
        let overlay = Overlay(
            context: "x", bookings: [], primary: nil, project: "p", environment: environment)
        let script = "set -eu; eval \"$TEXT\"; env | grep -E '^(OLD_|COMPOSE)'"
        let answer = ChildProcess.run(
            [shell, "-c", script],
            environment: Environment(
                entries: environment.entries + [Array("TEXT=\(ExportFormat.shell.text(of: overlay))".utf8)]))
        #expect(answer == .init(status: 0, output: "COMPOSE_PROJECT_NAME=p\n"))
    }

    @Test func everyValueReachesFish() throws {
        try requireInstalled("fish")
        for value in Self.values {
            let script =
                ExportFormat.fish.text(of: Self.overlay(project: value))
                + "printenv COMPOSE_PROJECT_NAME; printenv WEB_PORT"
            let answer = ChildProcess.run(["fish", "--no-config", "-c", script], environment: .ofTests)
            #expect(answer == .init(status: 0, output: value + "\n3000\n"), "\(value.debugDescription)")
        }
    }

    @Test func unsetsInFish() throws {
        try requireInstalled("fish")
        let clearing = Overlay(clearing: Environment(["OLD_PORT": "1", "PORTRUN_CHANGES": "OLD_PORT:1 NEVER_SET:1"]))
        let script =
            ExportFormat.fish.text(of: clearing)
            + "env | string match -r '^(OLD_PORT|NEVER_SET|PORTRUN_CHANGES)='; true"
        var environment = Environment.ofTests
        for name in ["OLD_PORT", "PORTRUN_CHANGES"] { environment.set(name, to: "1") }
        #expect(
            ChildProcess.run(["fish", "--no-config", "-c", script], environment: environment)
                == .init(status: 0, output: ""))
    }

    /// Neither nushell nor PowerShell is among the programs that the tests can count on, so that what they should be
    /// given is told by their documentation; see `ExportFormat`.
    @Test(arguments: [
        (ExportFormat.nu, "", #"$env.X = """#), (.nu, "3000", #"$env.X = "3000""#),
        (.nu, "a\"b\\c'd$e`(f)", #"$env.X = "a\"b\\c'd$e`(f)""#), (.nu, "a\nb\r\tc", #"$env.X = "a\nb\r\tc""#),
        (.nu, "\u{1B}\u{7F}é", #"$env.X = "\u{1b}\u{7f}é""#),
        (.powershell, "", "$env:X = ''"), (.powershell, "a b", "$env:X = 'a b'"),
        (.powershell, "it's $x `n \"", "$env:X = 'it''s $x `n \"'"),
        (
            .powershell, "\u{2018}\u{2019}\u{201A}\u{201B}",
            "$env:X = '\u{2018}\u{2018}\u{2019}\u{2019}\u{201A}\u{201A}\u{201B}\u{201B}'"
        ),
        (.powershell, "two\nlines", "$env:X = 'two\nlines'"),
        (.github, "", "X="), (.github, "a=b <<c 'd'", "X=a=b <<c 'd'"),
        (.github, "a\nb", "X<<END\na\nb\nEND"), (.github, "a\nEND\n", "X<<END_\na\nEND\n\nEND_"),
        (.github, "a\r\nEND\r\nPATH=/b", "X<<END_\na\r\nEND\r\nPATH=/b\nEND_"),
    ])
    func followsTheDocumentedRules(_ format: ExportFormat, _ value: String, _ line: String) {
        let text = format.text(of: Self.overlay(project: value))
        #expect(text.contains(line.replacing("X", with: "COMPOSE_PROJECT_NAME", maxReplacements: 1) + "\n"), "\(text)")
    }

    @Test(arguments: [
        (ExportFormat.nu, "hide-env --ignore-errors PORTRUN_CHANGES\n"),
        (.powershell, "Remove-Item -ErrorAction Ignore Env:PORTRUN_CHANGES\n"), (.github, "PORTRUN_CHANGES=\n"),
        (.fish, "set -eg PORTRUN_CHANGES\n"), (.dotenv, ""), (.direnv, "unset PORTRUN_CHANGES\n"),
    ])
    func takesAway(_ format: ExportFormat, _ text: String) {
        #expect(format.text(of: Overlay(clearing: Environment(["PORTRUN_CHANGES": ""]))) == text)
    }

    /// What undoes the rest is there when a shell stops half-way.
    @Test(arguments: [ExportFormat.shell, .direnv, .fish, .powershell, .dotenv])
    func tellsFirstWhatItChanges(_ format: ExportFormat) {
        let text = format.text(of: Self.overlay(project: "x"))
        #expect(text.utf8.split(separator: 10).first.map { String($0)?.contains("PORTRUN_CHANGES") } == true)
    }

    @Test func forgetsLastWhatItGivesBack() {
        let environment = Environment(["OLD_PORT": "1", "OWN": "2", "PORTRUN_CHANGES": "OLD_PORT:1 OWN:2=mine"])
        let text = ExportFormat.shell.text(of: Overlay(clearing: environment))
        #expect(text == "unset OLD_PORT\nexport OWN=mine\nunset PORTRUN_CHANGES\n")
    }

    @Test func printsJSONWithNumbersAndNulls() {
        let environment = Environment(["OLD_PORT": "1", "PORTRUN_CHANGES": "OLD_PORT:1"])
        let overlay = Overlay(
            context: "x", bookings: [Self.web], primary: nil, project: "a\"b", environment: environment)
        #expect(
            ExportFormat.json.text(of: overlay) == """
                {
                  "WEB_PORT": 3000,
                  "COMPOSE_PROJECT_NAME": "a\\"b",
                  "PORTRUN_CONTEXT": "x",
                  "PORTRUN_CHANGES": "WEB_PORT:3000 COMPOSE_PROJECT_NAME:e646a119048964d8",
                  "OLD_PORT": null
                }

                """)
    }

    @Test(arguments: values)
    func everyValueReachesADotenvReader(_ value: String) throws {
        let text = ExportFormat.dotenv.text(of: Self.overlay(project: value))
        #expect(text == ExportFormat.env.text(of: Self.overlay(project: value)))
        let file = try DotenvParser(Array(text.utf8)) { _ in nil }.values
        #expect(file["COMPOSE_PROJECT_NAME"] == value, "\(text)")
        #expect(file["WEB_PORT"] == "3000")
    }

    @Test func anEmptyOverlayIsAnEmptyText() {
        let nothing = Overlay(clearing: Environment())
        for format in ExportFormat.allCases { #expect(format.text(of: nothing) == (format == .json ? "{}\n" : "")) }
    }

    /// The test fails without one of the shells: `.ci/run` installs them.
    private func requireInstalled(_ shell: String) throws {
        let answer = ChildProcess.run([shell, "-c", "exit 0"], environment: .ofTests)
        try #require(answer.status == 0, "needs \(shell)")
    }

    private static let web = Booking(
        id: 0, service: "web", port: 3000, transport: .tcp, target: nil, variable: nil, source: .range,
        isEphemeral: false, lastUsed: 0)

    private static func overlay(project: String) -> Overlay {
        Overlay(context: "x", bookings: [web], primary: nil, project: project, environment: Environment())
    }
}
