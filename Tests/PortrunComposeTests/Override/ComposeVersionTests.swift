import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

@Suite struct ComposeVersionTests {
    @Test(arguments: [
        ("2.24.4", true), ("Docker Compose version v2.26.1\n", true), ("Docker Compose version 2.40.3+ds1", true),
        ("2.24.3", false), ("2.24.4-desktop.1", true), ("Docker Compose version v5.0.0", true),
        ("docker-compose version 1.29.2, build 5becea4c\ndocker-py version: 5.0.0\n", false),
        ("podman-compose version 1.4.0\npodman version 5.4.0\n", true),
        ("using podman version: podman version 4.3.1\npodman-compose version  1.0.6\n", false),
        ("podman-compose version 1.3.0", false), ("podman-compose version 1.10.0", true),
        // As Debian 12 has it.
        (
            "['podman', '--version', '']\nusing podman version: 4.3.1\npodman-composer version  1.0.3\n"
                + "podman --version \npodman version 4.3.1\nexit code: 0\n", false
        ),
    ])
    func knowsOverride(_ answer: String, _ isNewEnough: Bool) throws {
        #expect(try #require(ComposeVersion(answer)).knowsOverride == isNewEnough)
    }

    @Test(arguments: [
        ("2.24.3", true), ("Docker Compose version v2.0.0", true), ("docker-compose version 1.29.2", false),
        ("podman-compose version 1.3.0", false),
    ])
    func printsWholeConfiguration(_ answer: String, _ isSound: Bool) throws {
        #expect(try #require(ComposeVersion(answer)).printsWholeConfiguration == isSound)
    }

    @Test(arguments: ["", "unknown", "Docker Compose version dev", "podman-compose version", "v"])
    func isNoneWhereNoneIsTold(_ answer: String) {
        #expect(ComposeVersion(answer) == nil)
    }

    @Test func isAskedOnceForEachProgram() throws {
        let folder = try TemporaryFolder()
        try writeProgram("2.30.0", in: folder)
        try check(folder)
        try check(folder)
        #expect(try asked(folder) == 1)
        try writeProgram("2.30.10", in: folder)
        try check(folder)
        #expect(try asked(folder) == 2, "an update is another program")
    }

    @Test func aPluginThatIsUpdatedIsAskedAgain() throws {
        let folder = try TemporaryFolder()
        try writeProgram("2.30.0", in: folder)
        try check(folder)
        try #require(mkdir(folder.path + "/cli-plugins", 0o700) == 0)
        try folder.write("the plugin", to: "cli-plugins/docker-compose")
        try check(folder)
        #expect(try asked(folder) == 2)
        try check(folder)
        #expect(try asked(folder) == 2)
    }

    @Test(arguments: ["", "\u{0}\n\n", "garbage", "  x\n"])
    func aDamagedStoreIsAskedAgain(_ content: String) throws {
        let folder = try TemporaryFolder()
        try writeProgram("2.30.0", in: folder)
        try check(folder)
        try folder.write(content, to: "versions")
        try check(folder)
        try check(folder)
        #expect(try asked(folder) == 2)
    }

    @Test func oneThatIsTooOldIsRefusedEveryTime() throws {
        let folder = try TemporaryFolder()
        try writeProgram("2.20.0", in: folder)
        let error = RemapError.unsupported(program: "docker compose", version: ComposeVersion("2.20.0"))
        #expect(throws: error) { try check(folder) }
        #expect(throws: error) { try check(folder) }
        #expect(try asked(folder) == 1)
        try writeProgram("2.24.10", in: folder)
        try check(folder)
    }

    @Test func oneThatNobodyHasTriedIsRefused() throws {
        let folder = try TemporaryFolder()
        #expect(throws: RemapError.untried(program: "nerdctl compose")) { try check(folder, ["nerdctl", "compose"]) }
    }

    /// As podman 4.3 has no subcommand `compose`, and docker none without its plugin.
    @Test func oneThatHasNoComposeIsRefused() throws {
        let folder = try TemporaryFolder()
        #expect(symlink("/bin/false", folder.path + "/podman") == 0)
        #expect(throws: RemapError.missing(program: "podman compose")) { try check(folder, ["podman", "compose"]) }
    }

    @Test func oneThatIsNotInstalledIsLeftToTheLaunch() throws {
        try check(try TemporaryFolder())
    }

    private func check(_ folder: TemporaryFolder, _ words: [String] = ["docker", "compose"]) throws {
        let environment = Environment(["PATH": "\(folder.path):/usr/bin:/bin", "DOCKER_CONFIG": "\(folder.path)"])
        try #require(ComposeCommand(words)).checkOverrideSupport(
            program: [Array("\(folder.path)/\(words[0])".utf8)], environment: environment,
            state: StateFolder(folder.path))
    }

    private func asked(_ folder: TemporaryFolder) throws -> Int {
        try FileSystem.read(folder.path + "/asked").count
    }

    /// A docker that counts how often it is asked. Another process writes it: one that a parallel test starts would
    /// hold it open for writing (execve(2), ETXTBSY).
    private func writeProgram(_ version: String, in folder: TemporaryFolder) throws {
        let script = """
            cat >"$1/docker.new" <<END
            #!/bin/sh
            [ "\\$*" = "compose version" ] && printf x >>"$1/asked" && echo "Docker Compose version v\(version)"
            END
            chmod 755 "$1/docker.new"
            mv "$1/docker.new" "$1/docker"
            """
        let answer = ChildProcess.run(
            ["sh", "-c", script, "sh", folder.path], environment: Environment(["PATH": "/usr/bin:/bin"]))
        try #require(answer.status == 0)
    }
}
