import PortrunBase
import PortrunLaunch
import Testing

/// Compose inside a command that is not compose itself.
@Suite(.timeLimit(.minutes(30)))
struct ShimTests {
    let shim: ShimProject

    init() throws { shim = try ShimProject() }

    @Test(arguments: [
        ("docker compose up -d", ["<compose>", "FILES", "<up>", "<-d>"]),
        (
            "docker --context x compose --profile a up",
            ["<--context>", "<x>", "<compose>", "<--profile>", "<a>", "FILES", "<up>"]
        ),
        ("docker compose logs -f", ["<compose>", "FILES", "<logs>", "<-f>"]),
        (
            "docker compose exec db sh -c 'a  b' -h",
            ["<compose>", "FILES", "<exec>", "<db>", "<sh>", "<-c>", "<a  b>", "<-h>"]
        ),
    ])
    func getsTheOverrideOfItsProject(_ command: String, _ expected: [String]) throws {
        let outcome = try shim.inside(command)
        let override = try #require(shim.overrides().first)
        let files = "<-f> <\(shim.scratch.project)/compose.yaml> <-f> <\(override)>"
        let words = expected.map { $0 == "FILES" ? files : $0 }.joined(separator: " ")
        #expect(outcome == .printed("docker \(words) second\n"))
        let text = String(decoding: try FileSystem.read(override), as: UTF8.self)
        #expect(text.contains(#""\#(shim.project.first):5432""#), "\(text)")
    }

    @Test func eachOfSeveralProjectsHasAnOverrideOfItsOwn() throws {
        let outcome = try shim.inside(
            "docker compose up & docker compose -f other/compose.yaml up; cd other; docker compose ps; wait")
        #expect(outcome.ending == .exited(0) && outcome.errors.isEmpty, "\(outcome)")
        let named = outcome.output.split { " <>\n".contains($0) }.filter { $0.contains("/overrides/") }
        #expect(named.count == 3)
        #expect(Set(named.map(String.init)) == Set(shim.overrides()))
        #expect(shim.overrides().count == 2)
    }

    @Test(arguments: [
        "docker ps -a", "docker", "docker compose", "docker compose version --short", "docker compose --help",
        "docker compose up --help", "docker compose ls", "docker run x compose up",
        "docker stack deploy -c compose.yaml x",
    ])
    func leavesTheRestAlone(_ command: String) throws {
        // Whatever opened the registry would trip over this one.
        let spoilt = "printf broken >\"$PORTRUN_REGISTRY\"; "
        let expected = try shim.outside(command)
        let outcome = try shim.inside(spoilt + "unset COMPOSE_PROJECT_NAME; " + command)
        #expect(outcome == expected)
    }

    @Test func passesOnExactlyWhatItGot() throws {
        #expect(try shim.run("-q", "--", "true").ending == .exited(0))
        let outcome = try shim.outside(
            """
            mkdir probe; ln -s "$PROBE" probe/docker
            trap '' PIPE HUP; exec 5<compose.yaml; umask 027
            tell() { docker facts "$HOME/$1" 'two words' '' "$(printf '\\377\\376')"; }
            PATH=$PWD/probe:$PATH; tell reference
            PATH=\(shim.folder):$PATH; tell called
            """)
        #expect(outcome == .printed(""))
        let home = shim.scratch.home
        let lines = try ["reference", "called"].map { name in
            try Facts(file: home + "/" + name).lines.filter { !$0.hasPrefix("variable PATH=") }
        }
        #expect(lines[1] == lines[0])
        #expect(lines[1].contains("name docker") && lines[1].contains(#"argument \xff\xfe"#))
    }

    @Test func theCommandItselfIsTheRealOne() throws {
        #expect(try shim.run("-q", "--", "docker", "ps") == .printed("docker <ps> project\n"))
        let missing = try shim.run("-q", "--", "podman", "ps")
        #expect(missing == .failed(127, "portrun: error: `podman`: command not found\n"))
    }

    @Test func findsNoToolThatIsNotInstalled() throws {
        let outcome = try shim.inside("command -v docker; command -v podman-compose nerdctl; nerdctl compose up")
        #expect(outcome.output == shim.folder + "/docker\n")
        #expect(outcome.ending == .exited(127))
    }

    @Test func saysSoWhenTheToolIsGone() throws {
        let outcome = try shim.inside("rm bin/docker; docker ps")
        #expect(outcome == .failed(127, "portrun: error: `docker`: command not found\n"))
    }

    @Test func canBeLeftOut() throws {
        #expect(try shim.inside("docker compose up", "--no-shim") == .printed("docker <compose> <up> second\n"))
        #expect(try shim.inside("echo $PATH", "--no-shim") == shim.outside("echo $PATH"))
        #expect(try shim.inside("echo $PATH", "--no-discover") == shim.outside("echo $PATH"))
    }

    @Test func isSwitchedOffWithPortrun() throws {
        #expect(try shim.inside("PORTRUN=0 docker compose up") == .printed("docker <compose> <up> second\n"))
    }

    @Test func aRegistryThatCannotBeUsedStopsComposeOnly() throws {
        let outcome = try shim.inside("export PORTRUN_REGISTRY=/dev/null; docker ps; docker compose up")
        #expect(outcome.output == "docker <ps> second\n")
        #expect(outcome.ending == .exited(125) && outcome.errors.hasPrefix("portrun: error: "), "\(outcome)")
    }

    @Test func composeWithoutAFileIsLeftToCompose() throws {
        let outcome = try shim.inside("cd \"$HOME\"; PORTRUN_REGISTRY=/dev/null docker compose down")
        #expect(outcome == .printed("docker <compose> <down> second\n"))
    }

    @Test func goesOnWithTheOptionsOfTheRun() throws {
        let registry = shim.scratch.project + "/other/registry.sqlite"
        let outcome = try shim.run(
            "-q", "--registry", "other/registry.sqlite", "--instance", "a b%", "--", "sh", "-c",
            "cd other; docker compose up; echo $PORTRUN_OPTIONS")
        #expect(outcome.output.contains("docker <compose> <up>"), "nobody has its port in that registry: \(outcome)")
        #expect(outcome.output.contains("--instance=a%20b%25 --registry=\(registry) --quiet"))
        let status = try shim.run("status", "--all", "--registry", registry)
        #expect(status.output.contains("\tcache\t\(shim.fixedElsewhere)\t"), "\(status)")
    }

    /// Whoever sets the variable, no other command runs, and none is read from outside of argv.
    @Test(arguments: [
        "--", "-- a", "-- --", "-- touch ran", "--fixed=remap -- a", "--exec --", "run -- touch ran", "--nope",
        "--context",
        "touch ran", "--help", "--version", "-h", "--experimental-dump-help", "\u{1}",
    ])
    func takesNothingForItsOptionsButOptions(_ options: String) throws {
        let outcome = try shim.inside("PORTRUN_OPTIONS='\(options)' docker compose ps; echo $?")
        #expect(outcome.output == "64\n")
        #expect(
            outcome.errors == """
                portrun: error: `PORTRUN_OPTIONS` in the environment holds no options of `portrun run`
                portrun: hint: portrun itself sets it for compose commands inside a run; unset it

                """)
        #expect(FileSystem.kind(of: shim.scratch.project + "/ran") == nil)
    }

    @Test func takesAComposeFileFromStandardInput() throws {
        let outcome = try shim.inside(
            "cat compose.yaml | docker compose -f - up"
        )
        let override = try #require(shim.overrides().first)
        let folder = shim.scratch.project
        #expect(
            outcome.output.hasPrefix(
                "docker <compose> <-f> <-> <--project-directory> <\(folder)> <-f> <\(override)> <up> second\n"),
            "\(outcome)")
    }

    @Test func composeReadsStandardInputFromItsStart() throws {
        try shim.scratch.writeProgram(
            """
            #!/bin/sh
            case "$*" in *"compose version") echo 2.30.0;; *) cat;; esac
            """, to: "bin/docker")
        let file = try shim.scratch.read("compose.yaml")
        #expect(try shim.inside("docker compose -f - up <compose.yaml") == .printed(file))
        #expect(try shim.inside("cat compose.yaml | docker compose -f - up") == .printed(file))
    }
}
