import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

struct PortsFileTests {
    @Test(
        arguments: [
            ("web:3000:the app", "web", 3000, "the app"), ("web:3000:", "web", 3000, nil),
            ("web:3000", "web", 3000, nil),
            (" web :\t3000 : a:b # c ", "web", 3000, "a:b # c"), ("web:3000 # note", "web", 3000, nil),
            ("web:3000\r", "web", 3000, nil), ("größe:1:日本", "größe", 1, "日本"),
            (#"a\:b\\:7:x"#, #"a:b\"#, 7, "x"), (##" \#a\ : 7"##, "#a ", 7, nil), (#"a\b:7"#, "ab", 7, nil),
            ("web:3000/tcp:", "web", 3000, nil),
        ] as [(String, ServiceName, Port, String?)])
    func readsALine(_ line: String, _ name: ServiceName, _ port: Port, _ description: String?) {
        let entry = PortsFile.Entry(
            name: name, ports: PortRange(port), transport: .tcp, description: description.flatMap { Description($0) })
        #expect(PortsFile.read(Array(line.utf8)).map(\.entry) == [.success(entry)])
    }

    @Test(
        arguments: [
            ("web", .noPort), ("web 3000", .noPort), (":3000:x", .invalidName("")),
            ("a\u{7}b:1:", .invalidName("a\u{7}b")),
            ("web::x", .invalidPort("")), ("web:0:", .invalidPort("0")), ("web:65536", .invalidPort("65536")),
            ("web:0x50", .invalidPort("0x50")), ("web:８０", .invalidPort("８０")), ("web:-1", .invalidPort("-1")),
            ("web:3000 x:y", .invalidPort("3000 x")), ("web:9-8:", .invalidPort("9-8")),
            ("web:9/sctp:", .invalidPort("9/sctp")), ("web:9/:", .invalidPort("9/")),
            ("web:/udp", .invalidPort("/udp")),
            (#"web\:9"#, .noPort), (#"web\"#, .noPort), ("web:1:a\u{1B}b", .invalidDescription),
        ] as [(String, PortsFile.Problem)])
    func refusesALine(_ line: String, _ problem: PortsFile.Problem) {
        #expect(PortsFile.read(Array(line.utf8)).map(\.entry) == [.failure(problem)])
    }

    @Test func countsLinesAndSkipsComments() {
        let read = PortsFile.read(Array("# a\n\n \t\na:1\n  # b\n\nx".utf8) + [0xFF])
        #expect(read.map(\.line) == [4, 7])
        #expect(read.last?.entry == .failure(.notUTF8))
    }

    @Test(
        arguments: [
            ("a:b", "7", .tcp, "c:d", #"a\:b:7:c:d"#), ("rtp", "7-9", .udp, "", "rtp:7-9/udp:"),
            ("block", "7-9", .tcp, "x # y", "block:7-9:x # y"), (#" #\"#, "7", .udp, "", #"\ #\\:7/udp:"#),
            ("#a ", "7", .tcp, "", ##"\#a\ :7:"##), ("shop/main/web", "7", .tcp, "", "shop/main/web:7:"),
        ] as [(String, String, TransportProtocol, String, String)])
    func readsWhatItWrites(
        _ name: String, _ ports: String, _ transport: TransportProtocol, _ description: String, _ line: String
    ) throws {
        let entry = PortsFile.Entry(
            name: try #require(ServiceName(name)), ports: try #require(PortRange(ports)), transport: transport,
            description: Description(description))
        let written = PortsFile.line(
            name: name, ports: entry.ports, transport: transport, description: description)
        #expect(written == line + "\n")
        #expect(PortsFile.read(Array(written.utf8)).map(\.entry) == [.success(entry)])
    }
}
