import PortrunBase
import Testing

@testable import PortrunKit

/// Lines of scripts that end whatever listens on a port.
struct PortKillTests {
    @Test(arguments: [
        ("fuser -k 3000/tcp", ["fuser 3000 follows"]),
        ("\t-@lsof -ti:3000 | xargs kill -9", ["lsof 3000 follows"]),
        ("PID=$(lsof -t -i tcp:3000)", ["lsof 3000 follows"]),
        (#"  "predev": "kill-port 3000 3001","#, ["kill-port 3000 follows", "kill-port 3001 follows"]),
        (#"{"scripts": {"predev": "npx kill-port 3000 && true", "dev": "vite"}}"#, ["kill-port 3000 follows"]),
        ("npx fkill :3000", ["fkill 3000 follows"]),
        ("kill $(ss -Hltnp 'sport = :3000' | cut -f 2)", ["ss 3000 follows"]),
        ("sudo fuser -k 3000/tcp", ["sudo fuser 3000 stays"]),
        ("/usr/sbin/lsof -ti:3000 | xargs kill", ["/usr/sbin/lsof 3000 stays"]),
        ("killport 3000", ["killport 3000 stays"]),
        ("# fuser -k 3000/tcp", []),
        ("lsof -i:3000", []),
        ("fuser 3000/tcp", []),
        ("kill-port $PORT", []),
        ("pkill -f server; curl localhost:3000", []),
    ])
    func aLineThatEndsAPortsServer(_ line: String, _ found: [String]) {
        let kills = PortKill.all(in: Array("all:\n\(line)\n".utf8))
        #expect(kills.map { "\($0.program) \($0.port) \($0.follows ? "follows" : "stays")" } == found)
        #expect(kills.allSatisfy { $0.line == 2 })
    }

    private static let makefile = """
        PORT := 3000
        all: build
        build:
        \techo
        stop: ; kill
        clean: stop # all
        \trm x
        .PHONY: all
        """

    @Test(arguments: [
        (["clean"], [5, 6, 7]), ([], [2, 3, 4]), (["PORT=1", "stop"], [5]), (["build"], [3, 4]),
    ])
    func aCommandMakesItsTargetsAndWhatTheyNeed(_ words: [String], _ lines: [Int]) {
        let made = MakeTargets(Array(Self.makefile.utf8)).lines(madeBy: words)
        #expect((1...8).filter { line in made.contains { $0.contains(line) } } == lines)
    }
}
