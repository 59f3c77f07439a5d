import PortrunBase
import PortrunLaunch
import Testing

/// What the options of `run` do to the ports and variables of the command.
@Suite(.timeLimit(.minutes(30)))
struct RunCommandTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func givesThePortItDemands() throws {
        let port = project.outside
        #expect(try run("--port", "\(port)", printing: "$PORT $WEB_PORT") == .printed("\(port) \(port)\n"))
        #expect(try run(printing: "$PORT") == .printed("\(port)\n"), "it is booked")
        #expect(
            try run("--port", "db=\(port + 1)", "--port", "\(port + 2)", printing: "$PORT $DB_PORT")
                == .printed("\(port + 2) \(port + 1)\n"))
    }

    @Test func refusesADemandThatAnotherHas() throws {
        let port = project.outside
        _ = try project.run("book", "db", "--context", "other", "--port", "\(port)")
        let outcome = try run("--port", "\(port)", printing: "$PORT")
        #expect(outcome.ending == .exited(125))
        #expect(outcome.errors.hasPrefix("portrun: error: port \(port) is booked by other db\n"))
        #expect(outcome.output.isEmpty)
    }

    @Test func booksFurtherServices() throws {
        #expect(
            try run("--book", "mail", "--book=postgres", printing: "$PORT $MAIL_PORT $POSTGRES_PORT")
                == .printed("\(project.web) \(project.first) \(project.postgres)\n"))
    }

    @Test func namesTheVariable() throws {
        #expect(
            try run("--env-name", "API_PORT", printing: "${PORT-none} $API_PORT $PORTRUN_CHANGES")
                == .printed("none \(project.web) API_PORT:\(project.web) WEB_PORT:\(project.web)\n"))
    }

    @Test func namesTheService() throws {
        #expect(
            try run("api", printing: "$PORT $API_PORT ${WEB_PORT-none}")
                == .printed("\(project.web) \(project.web) none\n"))
        #expect(try project.run("get", "api", "--no-book", "-q") == .printed("\(project.web)\n"))
    }

    @Test func namesTheContext() throws {
        #expect(try run("--context", "x", printing: "$PORT") == .printed("\(project.web)\n"))
        #expect(try run("--context", "y", printing: "$PORT") == .printed("\(project.web + 1)\n"))
        #expect(
            try run("--app", "a", "--instance", "b", printing: "$PORT") == .printed("\(project.web + 2)\n"))
        #expect(
            try project.run("status", "--context", "a/b").output.hasPrefix("a/b\tweb\t\(project.web + 2)\t"))
    }

    @Test func dropsAnEphemeralBooking() throws {
        #expect(try run("--ephemeral", "--book", "mail", printing: "$PORT") == .printed("\(project.web)\n"))
        #expect(try project.run("status") == .printed(""))
    }

    @Test func aSecondRunHasAPortOfItsOwnUnlessItShares() throws {
        let (first, port) = try project.start()
        let (second, next) = try project.start()
        let (shared, same) = try project.start("run", "--share")
        #expect([port, next, same] == [project.web, project.web + 1, project.web])
        for program in [first, second, shared] {
            program.closeInput()
            _ = try program.finish()
        }
        #expect(try project.run("get", "web-2", "-q") == .printed("\(project.web + 1)\n"))
    }

    @Test func goesWhereItIsTold() throws {
        try project.scratch.write("{}", to: "sub/package.json")
        let expected = Outcome.printed("\(project.scratch.project)/sub \(project.web)\n")
        #expect(try project.run("-C", "sub", "--", "/bin/sh", "-c", "echo $(pwd -P) $PORT") == expected)
        #expect(
            try project.run("run", "-C", "sub", "--", "/bin/sh", "-c", "echo $(pwd -P) $PORT") == expected)
    }

    @Test func usesTheRegistryItIsTold() throws {
        let other = project.scratch.path + "/other/registry.sqlite"
        let outcome = try project.run("--registry", other, "--", "/bin/sh", "-c", ": $PORT")
        #expect(outcome == .printed(""))
        #expect(try project.run("status") == .printed(""))
        #expect(
            try project.run("status", "--registry", "../other/registry.sqlite").output.hasPrefix(
                "project\tweb\t"))
    }

    @Test func isNotThereWhenSwitchedOff() throws {
        let outcome = try project.run(
            "run", "--port", "\(project.outside)", "--", "/bin/sh", "-c", "echo ${PORT-none}; exit 7",
            variables: ["PORTRUN=0"])
        #expect(outcome == Outcome(ending: .exited(7), output: "none\n", errors: ""))
        #expect(try project.run("status", "--all") == .printed(""))
        let moved = try project.run("-C", "/", "--", "/bin/pwd", variables: ["PORTRUN=0"])
        #expect(moved == .printed("/\n"))
    }

    @Test func worksSwitchedOffWhereItCouldNotOtherwise() throws {
        let outcome = try project.scratch.run(
            [Program.portrun, "--", "/bin/echo", "ran"], environment: ["PORTRUN=0"])
        #expect(outcome == .printed("ran\n"))
    }

    @Test func saysWhatItSetsWhenVerbose() throws {
        #expect(
            try run("-v", "--no-shim", printing: "ran $PORT")
                == Outcome(
                    ending: .exited(0), output: "ran \(project.web)\n",
                    errors: """
                        portrun: project: web \(project.web)
                        portrun: PORT	set	-	\(project.web)	booked for `web`
                        portrun: WEB_PORT	set	-	\(project.web)	booked for `web`
                        portrun: PORTRUN_CONTEXT	set	-	\(project.hash)	for a portrun inside
                        portrun: PORTRUN_CHANGES	set	-	PORT:\(project.web) WEB_PORT:\(project.web)	for a portrun inside
                        portrun: /bin/sh -c 'echo ran $PORT'

                        """))
    }

    @Test func saysWhatHadToMoveUnlessQuiet() throws {
        let port = project.outside
        _ = try project.run("book", "db", "--context", "other/main", "--port", "\(port)")
        try project.scratch.write(
            "services: {db: {image: postgres, ports: ['${DB_PORT:-\(port)}:5432']}}\n", to: "compose.yaml")
        #expect(
            try run(printing: "$DB_PORT")
                == Outcome(
                    ending: .exited(0), output: "\(project.postgres)\n",
                    errors:
                        "portrun: `db` moved from \(port) to \(project.postgres): \(port) is booked by other/main db\n"
                ))
        #expect(try run(printing: "$DB_PORT") == .printed("\(project.postgres)\n"), "once is enough")
    }

    @Test func readsNoFilesWhenTold() throws {
        try project.scratch.write(
            "services: {db: {image: x, ports: ['\(project.outside):1']}}\n", to: "compose.yaml")
        #expect(try run("--no-discover", printing: "${DB_PORT-none}") == .printed("none\n"))
        #expect(try run(printing: "${DB_PORT-none}") == .printed("\(project.outside)\n"))
    }

    /// Runs a shell that prints `text`.
    private func run(_ options: String..., printing text: String) throws -> Outcome {
        try project.run(["run"] + options + ["--", "/bin/sh", "-c", "echo \(text)"])
    }

    /// What is set for the command itself is newer than what was demanded before; an env file may be older.
    @Test func thePortOfTheEnvironmentWinsOverAnEarlierDemand() throws {
        let (demanded, own) = (project.outside, project.outside + 1)
        let print = ["--", "/bin/sh", "-c", "echo $PORT"]
        #expect(try project.run(["run", "--port", "\(demanded)"] + print) == .printed("\(demanded)\n"))
        #expect(try project.run(["run"] + print) == .printed("\(demanded)\n"), "it lasts")
        try project.scratch.write("PORT=\(own)\n", to: ".env")
        let ofFile = try project.run(["run"] + print)
        #expect(ofFile.output == "\(demanded)\n")
        #expect(ofFile.errors.contains("`web` stays on \(demanded), which was booked by hand, and not \(own)"))
        #expect(try project.run(["run"] + print, ["PORT=\(own)"]) == .printed("\(own)\n"))
    }
}
