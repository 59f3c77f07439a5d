import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

struct DotenvSourceTests {
    /// A file, and the file with PORT set to 3001.
    static let edits: [(String, String)] = [
        ("", "PORT=3001\n"), ("A=1", "A=1\nPORT=3001\n"), ("A=1\n", "A=1\nPORT=3001\n"),
        ("A=1\r\n", "A=1\r\nPORT=3001\r\n"), ("PORT=1", "PORT=3001"), ("PORT=\n", "PORT=3001\n"),
        ("# PORT=1\nPORT=2 # web\nB=PORT\n", "# PORT=1\nPORT=3001 # web\nB=PORT\n"),
        ("export  PORT = 1 \n", "export  PORT = 3001 \n"), ("PORT: 1\nA: b\n", "PORT: 3001\nA: b\n"),
        ("PORT=\"1\"\n", "PORT=\"3001\"\n"), ("PORT='1'  # x\n", "PORT='3001'  # x\n"),
        ("PORT=1\nPORT=2\n", "PORT=1\nPORT=3001\n"), ("PORT=1\r\nA=2\r\n", "PORT=3001\r\nA=2\r\n"),
        ("A='x\nPORT=1\n'\nPORT=2\n", "A='x\nPORT=1\n'\nPORT=3001\n"),
        ("API_PORT=1\nPORT_2=1\n", "API_PORT=1\nPORT_2=1\nPORT=3001\n"),
        ("URL=http://localhost:${PORT}/\nPORT=1\n", "URL=http://localhost:${PORT}/\nPORT=3001\n"),
        ("\u{FEFF}PORT=1\n", "\u{FEFF}PORT=3001\n"), ("  PORT=1\n\n\n", "  PORT=3001\n\n\n"),
        ("PORT=a#b\n", "PORT=3001\n"), ("NEED=${X:?must}\nPORT=1\n", "NEED=${X:?must}\nPORT=3001\n"),
    ]

    @Test(arguments: edits)
    func setsOneValueAndKeepsTheRest(_ before: String, _ after: String) throws {
        var source = try DotenvSource(Array(before.utf8))
        #expect(try source.set("PORT", to: "3001"))
        #expect(String(decoding: source.bytes, as: UTF8.self) == after)
    }

    @Test(arguments: [
        ("http://localhost:3001/a", "URL=http://localhost:3001/a\n"), ("a b", "URL='a b'\n"),
        ("it's $5", "URL=\"it's \\$5\"\n"),
    ])
    func quotesATextThatNeedsIt(_ value: String, _ after: String) throws {
        var source = try DotenvSource(Array("URL=\"old\"\n".utf8))
        #expect(try source.set("URL", to: value))
        #expect(String(decoding: source.bytes, as: UTF8.self) == (value.contains("/") ? "URL=\"\(value)\"\n" : after))
        source = try DotenvSource([])
        #expect(try source.set("URL", to: value))
        #expect(String(decoding: source.bytes, as: UTF8.self) == after)
    }

    @Test func refusesWhatIsTooMuch() {
        let text = (0...10_000).map { "A\($0)=1\n" }.joined()
        #expect(
            throws: DotenvSource.Failure(
                line: 10_002, problem: "more than 10000 variables in env files in this project")
        ) { try DotenvSource(Array(text.utf8)) }
    }

    @Test(arguments: [("A B=1\n", 1), ("A=1\nB='x\n", 2), ("A=1\n=2\n", 2), ("A=${\n", 1)])
    func refusesWhatDoesNotParse(_ text: String, _ line: Int) {
        let error = #expect(throws: DotenvSource.Failure.self) { try DotenvSource(Array(text.utf8)) }
        #expect(error?.line == line)
    }
}
