import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

struct ComposeCommandTests {
    static let commands: [(arguments: [String], flagsEnd: Int, subcommand: String)] = [
        (["docker", "compose", "up"], 2, "up"),
        (["/usr/bin/docker", "compose", "-f", "a.yml", "up", "-d"], 4, "up"),
        (["docker", "--context", "x", "compose", "-f", "a", "up"], 6, "up"),
        (["docker", "-D", "-c", "x", "-l=debug", "compose", "logs", "-f"], 6, "logs"),
        (["docker", "-Hunix:///x", "compose", "ps"], 3, "ps"),
        (["docker-compose", "--file=a", "--ansi", "never", "up"], 4, "up"),
        (["docker-compose", "-H", "tcp://x", "up"], 3, "up"),
        (["podman", "--url", "x", "compose", "down"], 4, "down"),
        (["podman-compose", "--podman-args", "-q", "up"], 3, "up"),
        (["nerdctl", "-n", "x", "compose", "up"], 4, "up"),
        (["docker", "compose", "--dry-run", "-p", "compose", "up"], 5, "up"),
    ]

    @Test(arguments: commands)
    func findsTheSubcommand(_ arguments: [String], _ flagsEnd: Int, _ subcommand: String) throws {
        let command = try #require(ComposeCommand(arguments))
        #expect(command.flagsEnd == flagsEnd)
        #expect(command.subcommand == subcommand)
    }

    @Test(arguments: [
        [], ["docker"], ["docker", "ps"], ["docker", "run", "compose"], ["docker", "--context", "compose"],
        ["compose", "up"], ["npm", "run", "docker", "compose"], ["docker", "composer"],
    ])
    func leavesOtherCommandsAlone(_ arguments: [String]) {
        #expect(ComposeCommand(arguments) == nil)
    }

    @Test func takesTheFlagsThatAddressAProject() throws {
        let command = try #require(
            ComposeCommand([
                "docker", "compose", "-f", "a", "-fb", "--file=c", "--profile", "p", "--profile=q",
                "--env-file", "e",
                "--project-directory=d", "-p", "n", "--parallel", "3", "up", "-f", "z", "--profile", "r",
            ]))
        #expect(command.files == ["a", "b", "c"])
        #expect(command.profiles == ["p", "q"])
        #expect(command.envFiles == ["e"])
        #expect(command.projectDirectory == "d")
        #expect(command.projectName == "n")
        #expect(command.flagsEnd == 16)
        let request = command.request(workingDirectory: "/w", environment: Environment(["A": "1"]))
        #expect(request.files == ["a", "b", "c"])
        #expect(request.environment["A"] == "1")
    }

    @Test func endsWithItsFlagsWhenThereIsNoSubcommand() throws {
        let command = try #require(ComposeCommand(["docker", "compose", "--version"]))
        #expect(command.flagsEnd == 3)
        #expect(command.subcommand == nil)
        #expect(try #require(ComposeCommand(["docker", "compose", "-f"])).flagsEnd == 3)
    }
}
