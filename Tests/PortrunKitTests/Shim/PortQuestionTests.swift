import PortrunBase
import TestSupport
import Testing

@testable import PortrunKit

/// The ports in command lines that ask who listens on them.
struct PortQuestionTests {
    private static let numbers: [Port: Port] = [3000: 3101, 6379: 10_001, 8080: 10_002]
    private static let here = PortsHere(
        numbers: [.tcp: numbers, .udp: [53: 10_053]], others: [.tcp: [9229], .udp: [8125]], processes: [7, 8], unused: 1
    )
    private static let services = ServiceNumbers(
        "domain 53/tcp\ndomain 53/udp # dns\nhttp-alt\t8080/tcp webcache\nhttp 80/tcp\n")

    /// The words of a command line without quotes, and what becomes of them.
    @Test(arguments: [
        (PortTool.lsof, "-ti:3000", "-ti:3101"),
        (.lsof, "-t -i :3000", "-t -i :3101"),
        (.lsof, "-nPi tcp:3000", "-nPi tcp:3101"),
        (.lsof, "-iTCP:3000 -sTCP:LISTEN -t", "-iTCP:3101 -sTCP:LISTEN -t"),
        (.lsof, "-t -i4TCP@localhost:3000,6379,80", "-t -i4TCP@localhost:3101,10001,80"),
        (.lsof, "-t -i tcp@[::1]:3000", "-t -i tcp@[::1]:3101"),
        (.lsof, "-ti:2999-3001", "-ti:2999,3001,3101"),
        (.lsof, "-ti:3000-3100", "-ti:3001-3100,3101"),
        (.lsof, "-ti:03000", "-ti:3101"),
        (.lsof, "-t -i TCP:1-65535", "-t -i TCP:1-2999,3001-6378,6380-8079,8081-65535"),
        (.lsof, "-ti:http -c node:3000", "-ti:80 -c node:3000"),
        (.lsof, "-ti:http-alt,nobody", "-ti:10002,nobody"),
        (.lsof, "-i UDP:53", "-i UDP:10053"),
        (.lsof, "-i TCP:53", "-i TCP:53"),
        (.lsof, "-c 3 -r1 -iTCP:3000 -a", "-c 3 -r1 -iTCP:3101 -a"),
        (.lsof, "-t -pi:3000", "-t -pi:3000"),
        (.lsof, "-i -n", "-i -n"),
        (.fuser, "-k 3000/tcp", "-k 3101/tcp"),
        (.fuser, "3000/tcp 3000/udp 6379/tcp", "3101/tcp 3000/udp 10001/tcp"),
        (.fuser, "-k -n tcp 3000", "-k -n tcp 3101"),
        (.fuser, "-kn tcp 3000,127.0.0.1", "-kn tcp 3101,127.0.0.1"),
        (.fuser, "-k 3000", "-k 3000"),
        (.fuser, "-k 03000/tcp http-alt/tcp 53/udp", "-k 3101/tcp 10002/tcp 10053/udp"),
        (.fuser, "-k 9229/tcp 8125/udp 8125/tcp", "-k 1/tcp 1/udp 8125/tcp"),
        (.ss, "-ltnp sport = :3000", "-ltnp sport = :3101"),
        (.ss, "-ltnp ( sport = :3000 or sport = :6379 )", "-ltnp ( sport = :3101 or sport = :10001 )"),
        (.ss, "-tn dst 10.0.0.1:3000", "-tn dst 10.0.0.1:3000"),
        (.ss, "-ltnp sport = 3000", "-ltnp sport = 3101"),
        (.ss, "-ltnp sport eq http-alt", "-ltnp sport eq 10002"),
        (.ss, "-lunp sport = :53", "-lunp sport = :10053"),
        (.ss, "-Htn state listening src 127.0.0.1:3000", "-Htn state listening src 127.0.0.1:3101"),
        (.ss, "-A tcp -ln src 3000", "-A tcp -ln src 3000"),
        (.ss, "-ltn sport >= :3000", "-ltn sport >= :3000"),
        (.netstat, "-ltnp", "-ltnp"),
    ])
    func aNumberIsThatOfTheCheckout(_ tool: PortTool, _ line: String, _ told: String) {
        let words = line.split(separator: " ").map(String.init)
        #expect(
            PortQuestion(tool, words) { Self.services }.arguments(for: Self.here)
                == told.split(separator: " ").map(String.init))
    }

    @Test func aFilterMayBeOneWord() {
        let question = PortQuestion(.ss, ["-ltnp", "( sport = :3000 )", "src=:6379"])
        #expect(question.ports == [3000, 6379])
        #expect(question.arguments(for: Self.here) == ["-ltnp", "( sport = :3101 )", "src=:10001"])
    }

    /// The words of a command line without quotes, and what it prints.
    @Test(arguments: [
        (PortTool.lsof, "-ti:3000", PortQuestion.Answer.processes),
        (.lsof, "-cpython3 -a -nP -iTCP", .list),
        (.lsof, "+c 15 -iTCP", .list),
        (.lsof, "-iTCP -Fpn", .fields),
        (.lsof, "-F pn -iTCP", .fields),
        (.lsof, "-r1 -iTCP", .stream),
        (.lsof, "-iTCP +r 2", .stream),
        (.lsof, "-t file", .nothing),
        (.lsof, "+D folder", .nothing),
        (.lsof, "-p 12", .nothing),
        (.lsof, "-ap ^12", .list),
        (.netstat, "-tlnp", .list),
        (.netstat, "-tlnpc", .stream),
        (.netstat, "-A inet --continuous", .stream),
        (.ss, "-E", .stream),
        (.ss, "-f inet -ltn", .list),
    ])
    func itIsKnownWhatATool(_ tool: PortTool, _ line: String, prints answer: PortQuestion.Answer) {
        #expect(PortQuestion(tool, line.split(separator: " ").map(String.init)).answer == answer)
    }

    /// Whoever asks for processes by no number is not told of other checkouts'.
    @Test(arguments: [
        ("-t -iTCP -sTCP:LISTEN", true), ("-t -c node", true), ("-iTCP -Fpn", true), ("-ti:3000", true),
        ("-t server.js", false), ("-t -p 7", false), ("-t -p 7 -a -i", false), ("-t +D .", false),
    ])
    func othersAreLeftOut(_ line: String, _ areLeftOut: Bool) {
        let words = line.split(separator: " ").map(String.init)
        let told = PortQuestion(.lsof, words).arguments(for: Self.here, isLeavingOut: true)
        #expect(told.starts(with: ["-p", "^7,^8"]) == areLeftOut)
    }

    @Test func aComparisonIsUnclear() {
        #expect(PortQuestion(.ss, ["-ltn", "sport >= :3000"]).isUnclear)
        #expect(!PortQuestion(.ss, ["-ltn", "sport = :3000"]).isUnclear)
    }

    private static func told(_ output: String, of tool: PortTool, _ line: String) -> String {
        let question = PortQuestion(tool, line.split(separator: " ").map(String.init))
        return PortListing(question, here).told(output)
    }

    @Test func aListHasWhatListensHereByItsNumber() {
        let list = """
            State  Local Address:Port Peer Address:Port
            LISTEN 0 511 *:3000 *:* users:(("node",pid=1))
            \t cubic
            LISTEN 0 511 [::1]:3101 [::]:* users:(("node",pid=2))
            \t cubic
            ESTAB  0 0 127.0.0.1:3000 127.0.0.1:5
            ESTAB  0 0 127.0.0.1:5 127.0.0.1:3101
            LISTEN 0 511 0.0.0.0:80 0.0.0.0:*
            LISTEN 0 511 0.0.0.0:9229 0.0.0.0:*
            """
        #expect(
            Self.told(list, of: .ss, "-tanp") == """
                State  Local Address:Port Peer Address:Port
                LISTEN 0 511 [::1]:3000 [::]:* users:(("node",pid=2))
                \t cubic
                ESTAB  0 0 127.0.0.1:5 127.0.0.1:3101
                LISTEN 0 511 0.0.0.0:80 0.0.0.0:*
                """)
        let ofLsof = "node 7 me 18u IPv6 3 0t0 TCP *:3000 (LISTEN)\nnode 8 me 18u IPv6 4 0t0 TCP *:10001 (LISTEN)\n"
        #expect(Self.told(ofLsof, of: .lsof, "-nPi") == "node 8 me 18u IPv6 4 0t0 TCP *:6379 (LISTEN)\n")
    }

    /// With one state ss leaves its column out.
    @Test(arguments: [
        (
            PortTool.ss, "-nH state listening", "tcp 0 5 127.0.0.1:3000 0.0.0.0:*\ntcp 0 5 *:3101 *:*",
            "tcp 0 5 *:3000 *:*"
        ),
        (.ss, "-tnH state listening", "0 5 127.0.0.1:3000 0.0.0.0:*\n0 5 *:3101 *:*", "0 5 *:3000 *:*"),
        (.ss, "-lunH", "UNCONN 0 0 *:8125 *:*\nUNCONN 0 0 *:10053 *:*", "UNCONN 0 0 *:53 *:*"),
        (.ss, "-lxH", "u_str LISTEN 0 5 /a:3000 1 * 0", "u_str LISTEN 0 5 /a:3000 1 * 0"),
        (
            .netstat, "-tulnp",
            "tcp 0 0 1.2.3.4:3000 0.0.0.0:* LISTEN 1/a\nudp 0 0 :::8125 :::* 1/a\nudp 0 0 :::3000 :::* 2/b",
            "udp 0 0 :::3000 :::* 2/b"
        ),
        (
            .lsof, "-nPi",
            "a 1 me 3u IPv4 5 0t0 TCP 127.0.0.1:3000->127.0.0.1:99 (ESTABLISHED)\na 1 me 4u IPv4 6 0t0 UDP *:8125 ",
            ""
        ),
        (.lsof, "-nPi -Fpn", "p2\nn*:3101\nn1.2.3.4:3101->1.2.3.4:5\n", "p2\nn*:3000\nn1.2.3.4:3101->1.2.3.4:5\n"),
        (.lsof, "-nPi -F0pn", "p2\0\nn*:3101\0\n", "p2\0\nn*:3000\0\n"),
    ])
    func eachToolsLinesAreRead(_ tool: PortTool, _ line: String, _ output: String, _ told: String) {
        #expect(Self.told(output, of: tool, line) == told)
    }

    @Test func servicesHaveNumbers() {
        #expect(Self.services.port(of: "webcache", .tcp) == 8080)
        #expect(Self.services.port(of: "http-alt", .udp) == nil)
        #expect(Self.services.port(of: "domain", nil) == 53)
        #expect(Self.services.name(of: 8080, .tcp) == "http-alt")
    }
}
