import PortrunBase
import PortrunLaunch
import Testing

/// The hook of a shell finds at its next prompt what has become of the checkout's bookings meanwhile.
@Suite(.timeLimit(.minutes(30)))
struct ShellHookBookingTests {
    let project: Project

    init() throws {
        project = try Project()
        for folder in ["shop", "store"] {
            try project.scratch.write(
                "services: {db: {image: busybox, ports: ['${DB_PORT:-\(project.outside)}:1']}}\n",
                to: "\(folder)/compose.yaml")
        }
        try #require(try project.run("allow", "-q", "-C", "shop") == .printed(""))
    }

    /// Runs a script in `shop`, with `prompt`, which does what a shell does before each prompt.
    private func prompts(_ script: String) throws -> Outcome {
        try project.scratch.run(
            [
                "/bin/bash", "-c",
                """
                cd shop
                prompt() { eval "$(PORTRUN_WATCH="${_portrun_watch-}" "$LAUNCHER" export --hook 2>errors)"; show "$1"; }
                show() { echo "$1: ${DB_PORT-none} $("$LAUNCHER" get db --no-book -q)"; }
                \(script)
                """,
            ], environment: project.scratch.shellEnvironment)
    }

    @Test func aPortThatWasBookedInTheShellIsExported() throws {
        let (declared, other) = (project.outside, project.outside + 7)
        let outcome = try prompts(
            """
            prompt enter; "$LAUNCHER" book db --port \(other) -q >/dev/null; prompt booked
            "$LAUNCHER" release -q db; prompt released
            """)
        #expect(
            outcome
                == .printed(
                    """
                    enter: \(declared) \(declared)
                    booked: \(other) \(other)
                    released: \(declared) \(declared)

                    """))
    }

    @Test func aPortThatAnotherCheckoutHasGotIsNoLongerExported() throws {
        let outcome = try prompts(
            """
            prompt enter
            "$LAUNCHER" run -q -C ../store -- sh -c 'echo "taken: $DB_PORT"' 2>/dev/null
            prompt left; prompt again; cat errors
            """)
        let lines = outcome.output.split(separator: "\n")
        try #require(lines.count == 4, "\(outcome)")
        #expect(lines[0] == "enter: \(project.outside) \(project.outside)")
        let words = lines[2].split(separator: " ")
        #expect(words[1] == words[2] && words[1] != "\(project.outside)", "\(outcome)")
        #expect(lines[3] == lines[2].replacing("left", with: "again"))
    }

    /// Whoever only looks or launches what is booked leaves the prompt as quick as it was.
    @Test func whatChangesNoBookingIsNoChange() throws {
        let outcome = try prompts(
            """
            "$LAUNCHER" run -q -- true; prompt enter; prompt again
            "$LAUNCHER" run -q -- true; "$LAUNCHER" status >/dev/null; "$LAUNCHER" gc -q >/dev/null; "$LAUNCHER" get db -q >/dev/null
            PORTRUN_WATCH=$_portrun_watch "$LAUNCHER" export --hook --registry /nowhere/r; echo same
            """)
        #expect(outcome.output.hasSuffix("same\n"))
        #expect(outcome.errors == "", "\(outcome)")
    }
}
