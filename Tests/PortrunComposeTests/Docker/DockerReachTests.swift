import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// What command lines of docker reach without naming it, and how they are kept off it.
struct DockerReachTests {
    @Test(arguments: [
        ("docker ps -q", "container"), ("docker container ls -a --format x", "container"),
        ("docker ps -f status=exited -qf ancestor=x", "container"), ("podman volume ls -q", "volume"),
        ("docker volume ls -f dangling=true", "volume"), ("docker network list", "network"),
        ("docker --context x ps", "container"),
        // Another filter of the kind would find more.
        ("docker ps -f id=1234", nil), ("docker volume ls -f name=a", nil), ("docker images", nil),
        ("docker events", nil),
        ("docker compose ps", nil),
    ])
    func listsThings(_ line: String, _ kind: String?) {
        #expect(command(line)?.listed.map { "\($0)" } == kind)
    }

    @Test(arguments: [
        ("docker rm -f 2f89f8dbec95 db", "2f89f8dbec95, db"), ("docker exec -it 2f89 sh", "2f89"),
        ("docker stop deadbeef cafe0", "deadbeef, cafe0"), ("docker cp 2f89f8:/x .", "2f89f8"),
        ("docker run --volumes-from 2f89f8 x 1234", "2f89f8"), ("docker network connect shop 2f89f8", "2f89f8"),
        // To look harms nobody.
        ("docker logs 2f89f8", ""), ("docker inspect 2f89f8", ""), ("docker port 2f89f8", ""),
        ("docker ps -f name=2f89", ""),
        ("docker run --name 2f89f8 x", ""), ("docker volume rm 2f89f8", ""), ("docker stop /db", "db"),
    ])
    func knowsWhatIsChanged(_ line: String, _ ids: String) {
        #expect(command(line)?.changed.map(\.text).joined(separator: ", ") == ids)
    }

    @Test(arguments: [
        ("docker volume prune -af", true), ("docker system prune", true),
        ("docker container prune --filter until=1h", true),
        ("podman image prune", true), ("docker builder prune", nil), ("docker prune", nil),
        ("docker volume rm prune", false),
    ])
    func knowsWhatRemovesAllThatIsUnused(_ line: String, _ prunes: Bool?) {
        #expect(command(line)?.isPrune == prunes)
    }

    @Test(arguments: [
        ("docker ps", false), ("docker --context x ps", true), ("docker -H unix:///x ps", true),
        ("docker --host=tcp://x ps", true), ("podman --url x ps", true), ("docker --debug ps", false),
    ])
    func knowsWhatIsForAnotherEngine(_ line: String, _ isSo: Bool) {
        #expect(command(line)?.namesEngine == isSo)
    }

    @Test func isKeptOffWhatItDoesNotName() throws {
        func words(_ line: String, _ change: (DockerCommand, inout [[UInt8]]) -> Void) throws -> String {
            var words = line.split(separator: " ").map { Array($0.utf8) }
            change(try #require(command(line)), &words)
            return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        }
        let things = ["ab", "cd"].map { EngineThing(id: $0, name: $0, project: nil) }
        #expect(
            try words("docker ps -q") { $0.list(only: things, in: &$1) } == "docker ps --filter id=ab --filter id=cd -q"
        )
        #expect(try words("docker ps") { $0.list(only: [], in: &$1) } == "docker ps --filter id=none")
        let volumes = [EngineThing(id: nil, name: "a.b", project: nil)]
        #expect(
            try words("docker volume ls") { $0.list(only: volumes, in: &$1) }
                == "docker volume ls --filter name=^a\\.b$")
        let label = "label!=com.docker.compose.project"
        #expect(
            try words("docker system prune -f") { $0.spare([ExactString("shop")], in: &$1) }
                == "docker system prune --filter \(label)=shop -f")
        #expect(
            try words("docker volume prune") { $0.spare([ExactString("shop"), ExactString("x")], in: &$1) }
                == "docker volume prune --filter \(label)")
        for (line, expected) in [
            ("docker stop -t 0 1234 db", "docker stop -t 0 db"), ("docker stop 1234", nil),
            ("docker exec 1234 db", nil),
            ("docker run --volumes-from 1234 x", nil),
        ] {
            var isDone = false
            let result = try words(line) { isDone = $0.leaveOut(Array($0.changed.prefix(1)), in: &$1) }
            #expect(isDone == (expected != nil) && result == expected ?? line, "\(line)")
        }
    }

    private func command(_ line: String) -> DockerCommand? {
        DockerCommand(line.split(separator: " ").map(String.init))
    }
}
