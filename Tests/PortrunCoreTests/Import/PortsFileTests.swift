import Testing

@testable import PortrunCore

struct PortsFileTests {
    @Test(
        arguments: [
            ("web:3000:the app", "web", 3000, "the app"), ("web:3000:", "web", 3000, nil),
            ("web:3000", "web", 3000, nil),
            (" web :\t3000 : a:b # c ", "web", 3000, "a:b # c"), ("web:3000 # note", "web", 3000, nil),
            ("web:3000\r", "web", 3000, nil), ("größe:1:日本", "größe", 1, "日本"),
        ] as [(String, ServiceName, Port, String?)])
    func readsALine(_ line: String, _ name: ServiceName, _ port: Port, _ description: String?) {
        let entry = PortsFile.Entry(name: name, port: port, description: description.flatMap { Description($0) })
        #expect(PortsFile.read(Array(line.utf8)).map(\.entry) == [.success(entry)])
    }

    @Test(
        arguments: [
            ("web", .noPort), ("web 3000", .noPort), (":3000:x", .invalidName("")),
            ("a\u{7}b:1:", .invalidName("a\u{7}b")),
            ("web::x", .invalidPort("")), ("web:0:", .invalidPort("0")), ("web:65536", .invalidPort("65536")),
            ("web:0x50", .invalidPort("0x50")), ("web:８０", .invalidPort("８０")), ("web:-1", .invalidPort("-1")),
            ("web:3000 x:y", .invalidPort("3000 x")), ("web:1:a\u{1B}b", .invalidDescription),
        ] as [(String, PortsFile.Problem)])
    func refusesALine(_ line: String, _ problem: PortsFile.Problem) {
        #expect(PortsFile.read(Array(line.utf8)).map(\.entry) == [.failure(problem)])
    }

    @Test func countsLinesAndSkipsComments() {
        let read = PortsFile.read(Array("# a\n\n \t\na:1\n  # b\n\nx".utf8) + [0xFF])
        #expect(read.map(\.line) == [4, 7])
        #expect(read.last?.entry == .failure(.notUTF8))
    }

    @Test func whatItWritesItReads() {
        let line = PortsFile.line(name: "a:b", port: 7, description: "c:d")
        let entry = PortsFile.Entry(name: "a-b", port: 7, description: Description("c:d"))
        #expect(PortsFile.read(Array(line.utf8)).map(\.entry) == [.success(entry)])
    }
}
