import Testing

@testable import PortrunBase
@testable import PortrunKit

/// Commands of docker that go past the folder of links.
struct UnreachedDockerTests {
    @Test(arguments: [
        (["sudo", "docker", "stop", "db"], "sudo docker"),
        (["sudo", "-u", "me", "docker", "compose", "up"], "sudo docker"),
        (["sh", "-c", "sudo docker run -p 1:1 x"], "sudo docker"),
        (["bash", "-ec", "true && /usr/bin/docker compose up"], "/usr/bin/docker"),
    ])
    func areToldOf(_ words: [String], _ typed: String) {
        let warning = UnreachedDocker.warning(about: words)
        #expect(warning?.message.hasPrefix("`\(typed)` goes past portrun") == true, "\(String(describing: warning))")
    }

    @Test(arguments: [
        ["sudo", "docker", "ps"], ["docker", "stop", "db"], ["sudo", "make", "up"], ["sh", "-c", "docker stop db"],
        ["sh", "up.sh"], ["make", "up"], ["sh", "-c", "/usr/bin/env docker stop db"], ["sudo"], [],
    ])
    func othersAreNot(_ words: [String]) { #expect(UnreachedDocker.warning(about: words) == nil) }
}
