import PortrunBase
import PortrunLaunch
import Testing

/// A portrun that runs inside another one.
@Suite(.timeLimit(.minutes(30)))
struct NestedRunTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func hasTheSamePortInTheSameContext() throws {
        let outcome = try project.scratch.shell(
            """
            "$LAUNCHER" -- sh -c 'echo $PORT; "$LAUNCHER" -- sh -c "echo \\$PORT; \\"\\$LAUNCHER\\" -- printenv PORT"'
            """)
        let line = "\(project.web)\n"
        #expect(outcome == .printed(line + line + line))
    }

    @Test func hasItsOwnPortsInAnotherContext() throws {
        let outcome = try project.scratch.shell(
            """
            "$LAUNCHER" run --context outer --book mail -- sh -c \
                'echo $PORT $MAIL_PORT; "$LAUNCHER" run --context inner -- sh -c "echo \\$PORT \\${MAIL_PORT-none} \\$PORTRUN_CHANGES"'
            """)
        #expect(
            outcome
                == .printed(
                    """
                    \(project.web) \(project.first)
                    \(project.web + 1) none PORT:\(project.web + 1) WEB_PORT:\(project.web + 1)

                    """), "the port of the outer one is not the user's wish")
    }

    #if os(Linux)
        /// What has moved outside has not moved inside, and leads elsewhere all the same.
        @Test func isToldOfATranslationOutside() throws {
            try project.scratch.write(
                "services:\n  db: {image: x, ports: ['\(project.outside):5432']}\n", to: "compose.yaml")
            try project.take(project.outside)
            let message = "localhost is translated by a portrun outside, or a sandbox, already\n"
            let inner = ["-q", "--", Program.portrun, "run", "--context", "inner", "--no-discover", "--book", "mail"]
            #expect(
                try project.run(["run"] + inner + ["--", "true"])
                    == Outcome(ending: .exited(0), output: "", errors: "portrun: warning: " + message))
            #expect(try project.run(["run"] + inner + ["--translate", "off", "--", "true"]) == .printed(""))
            #expect(
                try project.run(["run"] + inner + ["--translate", "on", "--", "true"])
                    == .failed(125, "portrun: error: " + message))
            // Without one outside there is nothing to be told of.
            #expect(try project.run(["run", "--translate", "off"] + inner + ["--", "true"]) == .printed(""))
        }
    #endif

    @Test func hasAnotherServiceOfTheSameContext() throws {
        let outcome = try project.scratch.shell(
            """
            "$LAUNCHER" run api -- sh -c 'echo $PORT $API_PORT; "$LAUNCHER" -- sh -c "echo \\$PORT \\$API_PORT"'
            """)
        #expect(outcome == .printed("\(project.web) \(project.web)\n\(project.web + 1) \(project.web)\n"))
    }

    @Test func keepsTheUsersWishThatWasNeverOurs() throws {
        let outcome = try project.scratch.shell(
            """
            PG_PORT=\(project.outside) "$LAUNCHER" run --book pg -- "$LAUNCHER" run --context x --book pg -- \
                sh -c 'echo $PG_PORT'
            """)
        // The outer one has the port wished for; for the inner one it is the outer's.
        let notice =
            "portrun: `pg` moved from \(project.outside) to \(project.first): \(project.outside) is booked by project pg\n"
        #expect(outcome == Outcome(ending: .exited(0), output: "\(project.first)\n", errors: notice))
    }

    @Test func anEnvironmentLeftBehindIsNotAWish() throws {
        let variables = ["PORT=1", "PORTRUN_CHANGES=PORT:1", "PORTRUN_CONTEXT=gone"]
        #expect(
            try project.run(["--", "/bin/sh", "-c", "echo $PORT"], variables) == .printed("\(project.web)\n"))
    }
}
