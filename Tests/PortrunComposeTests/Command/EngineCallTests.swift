import Testing

@testable import PortrunCompose

struct EngineCallTests {
    @Test(arguments: [
        (["docker", "compose", "up"], ["docker"]),
        (["docker", "--context", "x", "compose", "up"], ["docker", "--context", "x"]),
        (["docker", "--context=x", "-Htcp://y", "compose", "up"], ["docker", "--context", "x", "-H", "tcp://y"]),
        (["/opt/docker", "-D", "--config", "/c", "-c", "x", "compose", "up"], ["docker", "-c", "x"]),
        (["docker-compose", "up"], ["docker"]), (["podman-compose", "up"], ["podman"]),
        (["podman", "--runtime", "./run", "--url", "ssh://x", "compose", "up"], ["podman", "--url", "ssh://x"]),
        (["nerdctl", "-n", "x", "compose", "up"], ["nerdctl", "-n", "x"]),
    ])
    func isNotedByTheEngineAlone(_ command: [String], noted: [String]) throws {
        let call = try #require(ComposeCommand(command)).engine
        #expect(call.noted == noted)
        #expect(EngineCall(noted: noted)?.noted == noted)
    }

    /// A note is a file, and what runs does not come from one.
    @Test(arguments: [
        [], ["sh"], ["/bin/sh"], ["./docker"], ["/tmp/docker"], ["docker-compose"], ["git"], ["docker", "run"],
        ["docker", "--config", "/c"], ["docker", "--config=/c"], ["docker", "--context"],
        ["docker", "--context", "x", "run"],
        ["podman", "--runtime", "/tmp/x"], ["podman", "--conmon=/tmp/x"], ["podman", "--hooks-dir", "/tmp"],
        ["docker", "-c", "x", "-D"], ["docker", ""],
    ])
    func isNothingElseFromANote(_ words: [String]) {
        #expect(EngineCall(noted: words) == nil)
    }
}
