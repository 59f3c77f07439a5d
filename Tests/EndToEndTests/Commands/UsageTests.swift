import PortrunBase
import PortrunLaunch
import Testing

/// Wrong command lines and system that portrun cannot work in.
@Suite(.timeLimit(.minutes(30)))
struct UsageTests {
    @Test(arguments: [
        ["--bogus"], ["bogus"], ["get"], ["get", "a", "b"], ["get", "web", "--bogus"], ["get", ""], ["run"],
        ["run", "api"], ["run", "--", ""], ["run", "a", "b", "--", "true"],
        ["run", "--port", "0", "--", "true"],
        ["run", "--port", "x=y", "--", "true"], ["run", "--env-name", "1X", "--", "true"],
        ["--bogus", "--", "true"],
        ["run", "--"], ["--"], ["book"], ["book", "a", "b", "--port", "9"], ["book", "--port", "70000", "a"],
        ["release"],
        ["release", "a", "--all"], ["release", "a", "--port", "9"], ["release", "--port", "0"],
        ["release", "--id", "x"], ["release", "--all", "--id", "1"], ["release", "a", "--instance", "b"],
        ["book", "a", "--range", "9-8"], ["book", "a", "--range", "9", "--port", "9"], ["book", "a", "--block", "0"],
        ["book", "a", "--ttl", "0"], ["book", "a", "--ttl", "1e3"], ["book", "a", "--ttl", "99999999999"],
        ["book", "a", "--description", "x\ny"], ["book", "--auto", "--udp"], ["renew"], ["renew", "a", "--ttl=-1"],
        ["register", "a"], ["register", "a", "0"],
        ["register", "", "9"], ["unregister"], ["import"], ["import", "x", "--from", "y"], ["list", "--format", "x"],
        ["export", "--format", "yaml"], ["export", "x"], ["gc", "--stale", "x"], ["gc", "--app", "x"],
        ["gc", "--context", "x"], ["gc", "-C", "/"], ["prune", "--instance", "x"], ["config", "--app", "x"],

        ["init"], ["init", "emacs"], ["context", "x"], ["discover", "x"], ["status", "x"],
        ["list", "x"], ["list", "--live", "--free"], ["list", "--service", ""], ["check"], ["check", "1", "2"],
        ["check", "1", "--app", "x"], ["find", "x"], ["find", "--count", "0"], ["find", "--count", "65536"],
        ["find", "--start", "9", "--end", "8"], ["find", "--start", "0"], ["lookup"], ["lookup", "a", "b"],
        ["lookup", "a", "--url", "--json"], ["wait"], ["wait", "a", "b"], ["wait", "a", "--timeout", "-1"],
        ["wait", "a", "--timeout", "1.5"], ["wait", "a", "--timeout", "99999999999"],
    ])
    func isRefusedWithUsage(_ words: [String]) throws {
        // An empty word is a command that cannot be found, and not a wrong command line.
        guard words != ["run", "--", ""] else { return }
        let outcome = try Scratch().run([Program.portrun] + words)
        #expect(outcome.ending == .exited(64))
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("portrun: error: "))
        #expect(outcome.errors.contains("\nportrun: hint: "))
        #expect(outcome.errors.split(separator: "\n").count == 2)
    }

    @Test(
        arguments: [
            ("bogus", "there is no subcommand `bogus`", nil), ("--bogus", "unknown option `--bogus`", nil),
            ("list --livee", "unknown option `--livee`; did you mean `--live`?", "list"),
            ("get", "missing expected argument `<service>`", "get"), ("get a b", "unexpected argument `b`", "get"),
            ("book", "name a service, or use `--auto`", "book"),
            (
                "book it's --port x", "the value `x` is invalid for `--port <port>`: not a number from 1 to 65535",
                "book"
            ),
            (
                "book a --port 70000", "the value `70000` is invalid for `--port <port>`: not a number from 1 to 65535",
                "book"
            ),
            (
                "run --isolate foo -- true",
                "the value `foo` is invalid for `--isolate <kinds>`: not some of volumes, networks, images, with commas between",
                "run"
            ),
            (
                "config --set-range foo",
                "the value `foo` is invalid for `--set-range <kind:first-last>`: no kind of service stands before the range; "
                    + "the kinds are postgres, mysql, redis, mongodb, elasticsearch, meilisearch, rabbitmq, kafka, web, "
                    + "debug, default", "config"
            ), ("help nosuch", "there is no subcommand `nosuch`", nil),
            ("book a --range 9-8", "the value `9-8` is invalid for `--range <first-last>`: it is reversed", "book"),
            (
                "config --set-range web:9-8",
                "the value `web:9-8` is invalid for `--set-range <kind:first-last>`: it is reversed", "config"
            ),
            (
                "book \(String(repeating: "x", count: 300))",
                "the value `\(String(repeating: "x", count: 60))…` is invalid for `<services>`: "
                    + "not a name of 1 to 255 bytes without control characters", "book"
            ),
            ("book a --ttl -1", "`-1`: no number may be negative", "book"),
            ("check -80", "`-80`: no number may be negative", "check"), ("-1", "`-1`: no number may be negative", nil),
            (
                "wait a --timeout=-1",
                "the value `-1` is invalid for `--timeout <seconds>`: not a number of seconds, a year at most", "wait"
            ),
            (
                "init csh",
                "the value `csh` is invalid for `<tool>`; give one of direnv, direnv-library, bash, zsh, fish, nushell",
                "init"
            ),
        ] as [(String, String, String?)])
    func saysWhatIsWrong(_ line: String, _ message: String, _ subcommand: String?) throws {
        let words = line.split(separator: " ").map(String.init)
        let hint =
            if let subcommand {
                "`portrun \(subcommand) --help` shows how it is used"
            } else if words[0].hasPrefix("-") {
                "`portrun --help` shows how commands are used"
            } else {
                "`portrun --help` lists them; a command to run stands behind `--`"
            }
        #expect(
            try Scratch().run([Program.portrun] + words)
                == .failed(64, "portrun: error: \(message)\nportrun: hint: \(hint)\n"))
    }

    @Test(arguments: ["get @", "get web --bogus-@", "check @", "book --port @ web", "book --port=@ web", "get a b @"])
    func shortensLongWords(_ line: String) throws {
        let long = String(repeating: "x", count: 3000)
        let words = line.split(separator: " ").map { $0.replacing("@", with: long) }
        let errors = try Scratch().run([Program.portrun] + words.map(String.init)).errors
        #expect(errors.contains("xxx…`") && errors.utf8.count < 300, "\(errors)")
    }

    @Test(arguments: [
        ["get", "web"], ["--", "true"], ["export"], ["status"], ["gc"], ["config"], ["list"], ["check", "80"], ["find"],
        ["lookup", "web"], ["wait", "web"],
    ])
    func needsAPlaceForTheRegistry(_ words: [String]) throws {
        let outcome = try Scratch().run([Program.portrun] + words, environment: ["PATH=/usr/bin:/bin"])
        #expect(
            outcome
                == .failed(
                    125,
                    """
                    portrun: error: no place for the registry: `HOME` is not set
                    portrun: hint: set `HOME`, or name a file with `--registry` or `PORTRUN_REGISTRY`

                    """))
    }

    @Test(arguments: [
        "-C /nope --", "run -C /nope --", "get web -C /nope", "export -C /nope", "status -C /nope",
        "list -C /nope", "check 80 -C /nope", "find -C /nope", "lookup web -C /nope", "wait web -C /nope",
    ])
    func needsTheFolderItIsSentTo(_ line: String) throws {
        var words = line.split(separator: " ").map(String.init)
        if words.last == "--" { words.append("/bin/true") }
        #expect(
            try Scratch().run([Program.portrun] + words)
                == .failed(125, "portrun: error: cannot enter `/nope`: No such file or directory\n"))
    }

    @Test(
        arguments: [
            [], ["help"], ["--help"], ["-h"], ["get", "--help"], ["help", "run"], ["list", "--help"],
            ["check", "--help"],
            ["find", "--help"], ["lookup", "--help"], ["wait", "--help"],
        ] as [[String]])
    func helps(_ words: [String]) throws {
        let outcome = try Scratch().run([Program.portrun] + words)
        #expect(outcome.ending == .exited(0))
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.contains("USAGE: portrun"))
        #expect(outcome.output.contains("EXAMPLES"))
    }

    @Test func tellsItsVersion() throws {
        let outcome = try Scratch().run([Program.portrun, "--version"])
        #expect(outcome.ending == .exited(0))
        #expect(outcome.output.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+ \(([0-9a-f]+(-dirty)?, )?[a-z]+\)\n/) != nil)
    }

    @Test func workingDirectoryMayBeGone() throws {
        let outcome = try Scratch().shell("mkdir gone && cd gone && rmdir ../gone && \"$LAUNCHER\" get web")
        #expect(outcome.ending == .exited(125))
        #expect(outcome.errors.hasPrefix("portrun: error: the working directory is gone or its path is not UTF-8\n"))
    }

    @Test(arguments: ["gone", #"$(printf 'n\377')"#])
    func runsInAFolderThatHasNoContext(_ name: String) throws {
        let outcome = try Scratch().shell(
            "mkdir \(name) && cd \(name) && case \(name) in gone) rmdir ../gone;; esac; \"$LAUNCHER\" -- echo ran")
        #expect(outcome.ending == .exited(0), "\(outcome)")
        #expect(outcome.output == "ran\n")
        #expect(outcome.errors.hasPrefix("portrun: warning: the working directory is gone or its path is not UTF-8"))
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completesEveryCommand(_ shell: String) throws {
        let outcome = try Scratch().run([Program.portrun, "--generate-completion-script", shell])
        #expect(outcome.ending == .exited(0))
        for command in ["run", "export", "get", "book", "list", "check", "find", "lookup", "wait", "gc"] {
            #expect(outcome.output.contains(try Regex("\\b\(command)\\b")), "\(shell) does not know \(command)")
        }
        for option in ["all-ports", "consecutive", "timeout", "free"] {
            #expect(outcome.output.contains(option), "\(shell) does not know --\(option)")
        }
    }

    /// What only looks sees the registry that it is told, by option or by variable.
    @Test(arguments: [["list", "-q"], ["status", "-q"], ["get", "web", "--no-book", "-q"]])
    func looksInTheRegistryItIsTold(_ words: [String]) throws {
        let project = try Project()
        let other = project.scratch.path + "/other.sqlite"
        let port = project.outside
        _ = try project.run("book", "web", "--port", "\(port)", "--registry", other)
        #expect(try project.run(words).output == "")
        #expect(try project.run(words + ["--registry", "../other.sqlite"]) == .printed("\(port)\n"))
        #expect(try project.run(words, ["PORTRUN_REGISTRY=" + other]) == .printed("\(port)\n"))
        #expect(try project.run("check", "\(port)", "--registry", other, "-q") == .failed(1, ""))
        #expect(
            try project.run("find", "--start", "\(port)", variables: ["PORTRUN_REGISTRY=" + other])
                == .printed("\(port + 1)\n"))
    }
}
