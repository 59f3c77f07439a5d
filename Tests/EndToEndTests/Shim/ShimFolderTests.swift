import PortrunBase
import PortrunLaunch
import Testing

/// The folder of links, and the `PATH` that leads there.
@Suite(.timeLimit(.minutes(30)))
struct ShimFolderTests {
    let shim: ShimProject

    init() throws { shim = try ShimProject() }

    @Test func standsInPathOnce() throws {
        let inner = #""$LAUNCHER" -q -- sh -c 'echo $PATH'"#
        let folder = shim.folder
        let path = shim.path
        let outcome = try shim.inside("echo $PATH; \(inner)")
        #expect(outcome == .printed("\(folder):\(path)\n\(folder):\(path)\n"))
        let another = try shim.inside("PATH=/venv:$PATH; \(inner)").output.split(separator: ":", maxSplits: 1)
        #expect(another.first?.hasPrefix(shim.scratch.path + "/shims/") == true && another.first != folder[...])
        #expect(another.last == "/venv:\(path)\n")
    }

    @Test(arguments: [
        "PATH=:$PATH", "PATH=$PATH:", "PATH=nowhere::$PATH", "PATH=$PATH:$PATH",
        "ln -s \(link) again; PATH=$PWD/again:$PATH",
        "ln -s $LAUNCHER docker; PATH=:$PATH", "cp -R \(link) copy; PATH=$PATH:$PWD/copy:$PWD/bin",
        "exec /bin/sh -c 'docker ps; docker compose up' \"$0\"", "unset PORTRUN_SHIMS", "unset PORTRUN_OPTIONS",
        "PATH=\(link):/usr/bin/nowhere:$PWD/bin",
    ])
    func neverFindsItself(_ prelude: String) throws {
        let outcome = try shim.inside("\(prelude); docker ps; docker compose up")
        #expect(outcome.output.hasPrefix("docker <ps> second\ndocker <compose> <-f>"), "\(outcome)")
        #expect(outcome.ending == .exited(0))
    }

    private static let link = #""${PATH%%:*}""#

    @Test func twoPortrunsDoNotCallEachOtherForEver() throws {
        let outcome = try shim.inside(
            """
            cp "$LAUNCHER" other-portrun
            unset PORTRUN_SHIMS
            ./other-portrun run -q --registry second/registry.sqlite -- sh -c '
                unset PORTRUN_SHIMS; docker ps; rm bin/docker; docker ps'
            """)
        #expect(outcome.output == "docker <ps> project\n")
        #expect(outcome.ending == .exited(127), "\(outcome)")
    }

    @Test func callingItByPathIsTheSame() throws {
        let outcome = try shim.inside("\"$(command -v docker)\" compose up")
        #expect(outcome.output.hasPrefix("docker <compose> <-f>"), "\(outcome)")
    }

    @Test func isRepairedWhenPortrunHasMoved() throws {
        let outcome = try shim.outside(
            """
            show='readlink "${PATH%%:*}/docker"'
            cp "$LAUNCHER" old; ./old -q -- sh -c "$show"
            mv old new; ./new -q -- sh -c "$show"
            ./new -q -- sh -c 'rm "${PATH%%:*}/docker"'; ./new -q -- true; ./new -q -- sh -c "$show"
            """)
        let folder = shim.scratch.project
        #expect(outcome == .printed("\(folder)/old\n\(folder)/new\n\(folder)/new\n"))
    }

    @Test func manyFirstUsesMakeOne() throws {
        let outcome = try shim.outside(
            """
            rm -rf \(shim.scratch.path)/shims
            for run in 1 2 3 4 5 6 7 8; do "$LAUNCHER" -q -- sh -c 'echo "$(docker ps)"' & done; wait
            ls \(shim.scratch.path)/shims \(shim.folder)
            """)
        let line = "docker <ps> project\n"
        let name = Path.lastName(shim.folder)
        let listing = "\(shim.scratch.path)/shims:\n\(name)\n\n\(shim.folder):\ndocker\n"
        #expect(outcome.output == String(repeating: line, count: 8) + listing)
    }

    @Test func hasALinkForEachToolThatIsInstalled() throws {
        let outcome = try shim.outside(
            """
            for tool in podman docker-compose; do cp bin/docker bin/$tool; done; mkdir bin/nerdctl
            touch -d @0 \(shim.folder); "$LAUNCHER" -q -- true; "$LAUNCHER" -q -- sh -c 'ls "${PATH%%:*}"; podman ps; docker-compose config; podman compose up; nerdctl'
            """)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.prefix(4) == ["docker", "docker-compose", "podman", "podman <ps> project"], "\(outcome)")
        #expect(lines.dropFirst(4).map { $0.prefix(15) } == ["docker-compose ", "podman <compose"])
    }

    @Test func losesTheLinkToAToolThatIsGone() throws {
        let outcome = try shim.outside(
            """
            cp bin/docker bin/podman; touch -d @0 \(shim.folder); "$LAUNCHER" -q -- true; ls \(shim.folder)
            rm bin/podman; touch -d @0 \(shim.folder); "$LAUNCHER" -q -- true; ls \(shim.folder)
            """)
        #expect(outcome == .printed("docker\npodman\ndocker\n"))
    }

    @Test func isCollectedWhenNoLaunchHasUsedItForAMonth() throws {
        let folder = shim.folder
        let collection = [Program.portrun, "gc"]
        #expect(try shim.scratch.run(collection, environment: shim.environment).output.contains(folder) == false)
        var times = [timeval(), timeval()]
        times[0].tv_sec = Int(time(nil)) - 31 * 86_400
        times[1] = times[0]
        #expect(utimes(folder, times) == 0)
        let outcome = try shim.scratch.run(collection, environment: shim.environment)
        #expect(outcome.output.contains("dropped \(folder): not used\n"), "\(outcome)")
        #expect(FileSystem.kind(of: folder) == nil)
        #expect(try shim.inside("docker ps").output == "docker <ps> second\n")
    }

    @Test func aFolderThatCannotBeMadeIsAWarning() throws {
        let path = shim.folder
        let outcome = try shim.outside(
            """
            rm -rf \(shim.scratch.path)/shims; : >\(shim.scratch.path)/shims
            "$LAUNCHER" --context first -- sh -c 'docker ps'; "$LAUNCHER" --context first -q -- sh -c 'docker ps'
            """)
        #expect(
            outcome
                == Outcome(
                    ending: .exited(0), output: "docker <ps> first\ndocker <ps> first\n",
                    errors: "portrun: warning: compose inside this command keeps its ports: cannot write "
                        + "`\(path)`: Not a directory\n"))
    }
}
