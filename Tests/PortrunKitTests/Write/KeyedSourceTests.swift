import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

struct KeyedSourceTests {
    /// A file's name, its text, a place, and the text with 3001 there.
    static let edits: [(String, String, String, String)] = [
        ("a.toml", "port = 1", "port", "port = 3001"),
        ("a.toml", "[api]\nport = 1 # p\n[db]\nport = 2\n", "/db/port", "[api]\nport = 1 # p\n[db]\nport = 3001\n"),
        ("a.toml", "\u{FEFF}[db]\r\nport = '1'\r\n", "port", "\u{FEFF}[db]\r\nport = '3001'\r\n"),
        ("a.toml", "[[s]]\nport = 1\n[[s]]\nport = \"2\"\n", "/s/1/port", "[[s]]\nport = 1\n[[s]]\nport = \"3001\"\n"),
        ("a.toml", "[[s]]\n[s.a]\nport = 1\n[[s]]\n", "/s/0/a/port", "[[s]]\n[s.a]\nport = 3001\n[[s]]\n"),
        ("a.toml", "db . \"port\" = 1_000\n", "/db/port", "db . \"port\" = 3001\n"),
        ("a.toml", "'a/b'.\"~\\u0041\" = 0x1F\n", "/a~1b/~0A", "'a/b'.\"~\\u0041\" = 3001\n"),
        ("a.toml", "t = \"\"\"\nport = 1\n\"\"\"\"\nport = 2", "port", "t = \"\"\"\nport = 1\n\"\"\"\"\nport = 3001"),
        ("a.toml", "t = '''\nport = 1\n'''\nport = 2\n", "port", "t = '''\nport = 1\n'''\nport = 3001\n"),
        (
            "a.toml", "l = [ # port = 1\n  1, [2],\n]\nport = 2\n", "/l/1/0",
            "l = [ # port = 1\n  1, [3001],\n]\nport = 2\n"
        ),
        (
            "a.toml", "db = { host = \"a # b\", port = 1 } # c\n", "/db/port",
            "db = { host = \"a # b\", port = 3001 } # c\n"
        ),
        ("a.toml", "at = 1979-05-27 07:32:00Z\nport = 1\n", "port", "at = 1979-05-27 07:32:00Z\nport = 3001\n"),
        ("a.yaml", "port: 1", "port", "port: 3001"),
        ("a.yml", "web:\n  port: 1 # p\nb:\n  port: '2'\n", "/b/port", "web:\n  port: 1 # p\nb:\n  port: '3001'\n"),
        ("a.yaml", "\u{FEFF}é: ü\r\nport: \"1\"\r\n", "port", "\u{FEFF}é: ü\r\nport: \"3001\"\r\n"),
        ("a.yaml", "s:\n- port: 1\n- port: 2\n", "/s/1/port", "s:\n- port: 1\n- port: 3001\n"),
        ("a.yaml", "s: {é: [1, 'it''s'], port: 1}\n", "/s/é/1", "s: {é: [1, '3001'], port: 1}\n"),
        ("a.yaml", "t: |\n  port: 1\nport: 2\n", "port", "t: |\n  port: 1\nport: 3001\n"),
        ("a.yaml", "---\na: 1\n---\nport: 2\n", "port", "---\na: 1\n---\nport: 3001\n"),
        (
            "a.ini", "; port = 1\n[a]\nport = 1\n[b]\nport: 2\r\n", "/b/port",
            "; port = 1\n[a]\nport = 1\n[b]\nport: 3001\r\n"
        ),
        ("a.cfg", "[a]\n  port=\"1\"\n  host=x\n", "port", "[a]\n  port=\"3001\"\n  host=x\n"),
        // Two spellings of one letter are two keys.
        ("a.toml", "'e\u{301}' = 1\n'\u{E9}' = 2\n", "\u{E9}", "'e\u{301}' = 1\n'\u{E9}' = 3001\n"),
    ]

    @Test(arguments: edits)
    func setsOneValueAndKeepsTheRest(_ file: String, _ before: String, _ place: String, _ after: String) throws {
        var source = try KeyedSource(Array(before.utf8), FileKind(name: file).keyedValues)
        try source.set(place, to: "3001")
        #expect(source.bytes == Array(after.utf8), "\(String(decoding: source.bytes, as: UTF8.self))")
    }

    @Test(arguments: [
        ("a.toml", "u = 'x'", "u = 'http://h:1/ #a, b'"), ("a.toml", "u = 1", "u = \"http://h:1/ #a, b\""),
        ("a.yaml", "u: x # c", "u: \"http://h:1/ #a, b\" # c"), ("a.yaml", "u: 'x'", "u: 'http://h:1/ #a, b'"),
        ("a.yaml", "{u: x}", "{u: \"http://h:1/ #a, b\"}"),
    ])
    func quotesATextThatNeedsIt(_ file: String, _ before: String, _ after: String) throws {
        var source = try KeyedSource(Array(before.utf8), FileKind(name: file).keyedValues)
        try source.set("u", to: "http://h:1/ #a, b")
        #expect(String(decoding: source.bytes, as: UTF8.self) == after)
    }

    /// The line that the refusal names.
    @Test(arguments: [
        ("a.toml", "\n[db]\nport = 1\n", "/db", 2), ("a.toml", "port = '''1'''\n", "port", 1),
        ("a.toml", "a = 1\nports = [\n1]\n", "ports", 2), ("a.yaml", "a:\n  port: &p 1\nb: *p\n", "/a/port", 2),
        ("a.yaml", "a: &a\n  port: 1\nb:\n  <<: *a\n", "/a/port", 2), ("a.yaml", "port: !!int 1\n", "port", 1),
        ("a.yaml", "port: |\n  1\n", "port", 1), ("a.yaml", "port: 1\n  2\n", "port", 1),
        ("a.yaml", "port: \"1\n  2\"\n", "port", 1), ("a.yaml", "a: 1\nport:\n", "port", 2),
        ("a.ini", "[a]\nport = 1 ; c\n", "port", 2), ("a.ini", "[a]\nport = 1\n  2\n", "port", 2),
        ("a.ini", "[a]\nport\n", "port", 2),
    ])
    func refusesWhatIsNotOneCertainValue(_ file: String, _ text: String, _ place: String, _ line: Int) throws {
        var source = try KeyedSource(Array(text.utf8), FileKind(name: file).keyedValues)
        let error = #expect(throws: KeyedSource.SettingError.self) { try source.set(place, to: "3001") }
        #expect(error?.line == line)
        #expect(source.bytes == Array(text.utf8))
    }

    @Test(arguments: [
        ("a.toml", "[a]\nport = 1\n[b]\nport = 2\n", ["/a/port", "/b/port"], [2, 4]),
        ("a.toml", "a = {port = 1}\n\n[port]\n", ["/a/port", "/port"], [1, 3]),
        ("a.yaml", "- port: 1\n- {port: 2}\n", ["/0/port", "/1/port"], [1, 2]),
        ("a.yaml", "a~/b:\n  port: 1\n---\nport: 1\n", ["/a~0~1b/port", "/port"], [2, 4]),
        ("a.ini", "port=1\n[a]\nport=1\n", ["/port", "/a/port"], [1, 3]),
    ])
    func namesAllThatANameCouldMean(_ file: String, _ text: String, _ pointers: [String], _ lines: [Int]) throws {
        var source = try KeyedSource(Array(text.utf8), FileKind(name: file).keyedValues)
        let places = zip(pointers, lines).map { KeyedSource.Place(pointer: $0, line: $1) }
        #expect(throws: KeyedSource.SettingError.several(places, of: places.count)) {
            try source.set("port", to: "3001")
        }
        #expect(source.bytes == Array(text.utf8))
    }

    @Test(arguments: [
        ("a.toml", "[db]\nport = 1\n", "/port"), ("a.toml", "# port = 1\n", "port"), ("a.yaml", "a: port\n", "port"),
        ("a.yaml", "s: [1]\n", "0"), ("a.yaml", "s: [1]\n", "/s/1"), ("a.yaml", "", "port"), ("a.ini", "[a]\n", "port"),
        ("a.yaml", "e\u{301}: 1\n", "\u{E9}"),
    ])
    func makesNoKey(_ file: String, _ text: String, _ place: String) throws {
        var source = try KeyedSource(Array(text.utf8), FileKind(name: file).keyedValues)
        #expect(throws: KeyedSource.SettingError.noPlace) { try source.set(place, to: "3001") }
    }

    @Test(arguments: [
        ("a.toml", "a = 1\n[db\n", 2), ("a.toml", "a = \n", 1), ("a.toml", "a = b\n", 1), ("a.toml", "a = 1 2\n", 1),
        ("a.toml", "a 1\n", 1), ("a.toml", "a = \"x\n", 1), ("a.toml", "a = [1 2]\n", 1), ("a.toml", "= 1\n", 1),
        ("a.toml", "a = '''\n", 2), ("a.toml", "a = {b = 1\n", 2), ("a.toml", "a = \"\\", 1),
        ("a.toml", "a = " + String(repeating: "[", count: 300), 1), ("a.yaml", "a: 1\nb: [\n", 3),
        ("a.yaml", "a: 1\na: 2\n", 2), ("a.ini", "[a\n", 1),
    ])
    func refusesWhatDoesNotParse(_ file: String, _ text: String, _ line: Int) {
        let error = #expect(throws: KeyedSource.Failure.self) {
            try KeyedSource(Array(text.utf8), FileKind(name: file).keyedValues)
        }
        #expect(error?.line == line)
    }
}

extension KeyedSource.SettingError {
    fileprivate var line: Int? {
        if case .failure(let failure) = self { failure.line } else { nil }
    }
}
