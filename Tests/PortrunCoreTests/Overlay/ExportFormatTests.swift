import Testing

@testable import PortrunCore

/// What is printed for a shell means to the real shells what it should.
@Suite(.timeLimit(.minutes(10)))
struct ExportFormatTests {
    static let values = [
        "", "plain", "3000", "a b", "  ", "it's", "''", "'", "\"", "a\"b", "$HOME", "${HOME}", "$(echo x)",
        "`echo x`",
        "\\", "\\\\", "a\\nb", "\\'", "two\nlines", "\n", "ends with line\n", "\r\n", "tab\t", "*", "?",
        "[a]", "~", "~root",
        "a;b", "a&b", "a|b", "#c", "!x", "{a,b}", "-n", "--", "=", "a=b", "é", "👩‍👩‍👧‍👦",
        "'\u{301}; echo broken; '",
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
            "PORTRUN_SET": "OLD_PORT NEVER_SET",
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

    @Test func printsJSONWithNumbersAndNulls() {
        let environment = Environment(["PORTRUN_SET": "OLD_PORT"])
        let overlay = Overlay(
            context: "x", bookings: [Self.web], primary: nil, project: "a\"b", environment: environment)
        #expect(
            ExportFormat.json.text(of: overlay) == """
                {
                  "WEB_PORT": 3000,
                  "COMPOSE_PROJECT_NAME": "a\\"b",
                  "PORTRUN_CONTEXT": "x",
                  "PORTRUN_SET": "WEB_PORT COMPOSE_PROJECT_NAME",
                  "OLD_PORT": null
                }

                """)
    }

    @Test(arguments: values)
    func everyValueReachesADotenvReader(_ value: String) throws {
        let text = ExportFormat.env.text(of: Self.overlay(project: value))
        let file = try DotenvParser(Array(text.utf8)) { _ in nil }.values
        #expect(file["COMPOSE_PROJECT_NAME"] == value, "\(text)")
        #expect(file["WEB_PORT"] == "3000")
    }

    @Test func anEmptyOverlayIsAnEmptyText() {
        let nothing = Overlay(clearing: Environment())
        #expect(ExportFormat.shell.text(of: nothing).isEmpty)
        #expect(ExportFormat.env.text(of: nothing).isEmpty)
        #expect(ExportFormat.json.text(of: nothing) == "{}\n")
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
