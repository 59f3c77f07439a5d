import PortrunBase
import TestSupport
import Testing

@testable import PortrunKit

/// The ports in command lines that ask who listens on them.
struct PortQuestionTests {
    private static let numbers: [Port: Port] = [3000: 3101, 6379: 10_001]

    /// The words of a command line without quotes, and what becomes of them.
    @Test(arguments: [
        (PortTool.lsof, "-ti:3000", "-ti:3101"),
        (.lsof, "-t -i :3000", "-t -i :3101"),
        (.lsof, "-nPi tcp:3000", "-nPi tcp:3101"),
        (.lsof, "-iTCP:3000 -sTCP:LISTEN -t", "-iTCP:3101 -sTCP:LISTEN -t"),
        (.lsof, "-t -i4TCP@localhost:3000,6379,80", "-t -i4TCP@localhost:3101,10001,80"),
        (.lsof, "-t -i tcp@[::1]:3000", "-t -i tcp@[::1]:3101"),
        (.lsof, "-ti:2999-3001", "-ti:2999,3101,3001"),
        (.lsof, "-ti:1-65535", "-ti:1-65535"),
        (.lsof, "-ti:http -c node:3000", "-ti:http -c node:3000"),
        (.lsof, "-t -pi:3000", "-t -pi:3000"),
        (.lsof, "-i -n", "-i -n"),
        (.fuser, "-k 3000/tcp", "-k 3101/tcp"),
        (.fuser, "3000/tcp 3000/udp 6379/tcp", "3101/tcp 3000/udp 10001/tcp"),
        (.fuser, "-k -n tcp 3000", "-k -n tcp 3101"),
        (.fuser, "-kn tcp 3000,127.0.0.1", "-kn tcp 3101,127.0.0.1"),
        (.fuser, "-k 3000", "-k 3000"),
        (.ss, "-ltnp sport = :3000", "-ltnp sport = :3101"),
        (.ss, "-ltnp ( sport = :3000 or sport = :6379 )", "-ltnp ( sport = :3101 or sport = :10001 )"),
        (.ss, "-tn dst 10.0.0.1:3000", "-tn dst 10.0.0.1:3000"),
        (.netstat, "-ltnp", "-ltnp"),
    ])
    func aNumberIsThatOfTheCheckout(_ tool: PortTool, _ line: String, _ told: String) {
        let words = line.split(separator: " ").map(String.init)
        #expect(
            PortQuestion(tool, words).arguments(replacing: Self.numbers)
                == told.split(separator: " ").map(String.init))
    }

    @Test func aFilterMayBeOneWord() {
        let question = PortQuestion(.ss, ["-ltnp", "( sport = :3000 )", "src=:6379"])
        #expect(question.ports == [3000, 6379])
        #expect(
            question.arguments(replacing: Self.numbers) == ["-ltnp", "( sport = :3101 )", "src=:10001"])
    }

    @Test func aListHasWhatListensHereByItsNumber() {
        let list = """
            State  Local Address:Port Peer
            LISTEN 0 511 *:3000 *:* users:(("node",pid=1))
            LISTEN 0 511 [::1]:3101 [::]:* users:(("node",pid=2))
            ESTAB  0 0 127.0.0.1:3000 127.0.0.1:5
            LISTEN 0 511 0.0.0.0:80 0.0.0.0:*
            """
        #expect(
            PortListing.told(list, Self.numbers) == """
                State  Local Address:Port Peer
                LISTEN 0 511 [::1]:3000 [::]:* users:(("node",pid=2))
                ESTAB  0 0 127.0.0.1:3000 127.0.0.1:5
                LISTEN 0 511 0.0.0.0:80 0.0.0.0:*
                """)
        let ofLsof = "node 7 me 18u IPv6 3 0t0 TCP *:3000 (LISTEN)\nnode 8 me 18u IPv6 4 0t0 TCP *:10001 (LISTEN)\n"
        #expect(
            PortListing.told(ofLsof, Self.numbers) == "node 8 me 18u IPv6 4 0t0 TCP *:6379 (LISTEN)\n")
    }
}
