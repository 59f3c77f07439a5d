import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

struct JSONSourceTests {
    /// A document, a pointer, and the document with 3001 at that place.
    static let edits: [(String, String, String)] = [
        (#"{"port": 1}"#, "/port", #"{"port": 3001}"#),
        (#"{"port":1,"b":2}"#, "/port", #"{"port":3001,"b":2}"#),
        (#"{"port": "1"}"#, "/port", #"{"port": "3001"}"#),
        (#"{"port": null}"#, "/port", #"{"port": 3001}"#),
        (#"{"a": [1, {"b": 2.5e3}]}"#, "/a/1/b", #"{"a": [1, {"b": 3001}]}"#),
        (#"{"a": [1, 2]}"#, "/a/0", #"{"a": [3001, 2]}"#),
        (#"{"a/b": {"~": 1}}"#, "/a~1b/~0", #"{"a/b": {"~": 3001}}"#),
        (#"{"": 1}"#, "/", #"{"": 3001}"#),
        (#"{"\u0061": 1}"#, "/a", #"{"\u0061": 3001}"#),
        (#"{"a": 1, "a": 2}"#, "/a", #"{"a": 1, "a": 3001}"#),
        (#"{"é👩‍👩‍👧": 1, "z": "\u00e9"}"#, "/é👩‍👩‍👧", #"{"é👩‍👩‍👧": 3001, "z": "\u00e9"}"#),
        ("\u{FEFF}{\"a\": 1}", "/a", "\u{FEFF}{\"a\": 3001}"),
        // Keys that look alike are two, and an accent hides no separator.
        ("{\"\u{E9}\": 1, \"e\u{301}\": 2}", "/\u{E9}", "{\"\u{E9}\": 3001, \"e\u{301}\": 2}"),
        ("{\"\u{E9}\": 1, \"e\u{301}\": 2}", "/e\u{301}", "{\"\u{E9}\": 1, \"e\u{301}\": 3001}"),
        ("{\"\u{E9}\": 1}", "/e\u{301}", "{\"\u{E9}\": 1, \"e\u{301}\": 3001}"),
        ("{\"a\": {\"b\": 1}}", "/a/\u{301}", "{\"a\": {\"b\": 1, \"\u{301}\": 3001}}"),
        ("{}", "/a~1\u{301}~0\u{301}~01~2", "{\"a/\u{301}~\u{301}~1~2\": 3001}"),
        // What is missing is written as its neighbours are.
        ("{}", "/port", #"{"port": 3001}"#),
        (#"{"a":1}"#, "/port", #"{"a":1,"port":3001}"#),
        (#"{"a": 1}"#, "/port", #"{"a": 1, "port": 3001}"#),
        (#"{ "a": 1, "b": 2 }"#, "/port", #"{ "a": 1, "b": 2, "port": 3001 }"#),
        (#"{"a": 1}"#, "/b/c", #"{"a": 1, "b": {"c": 3001}}"#),
        ("{\n  \"a\": 1\n}\n", "/port", "{\n  \"a\": 1,\n  \"port\": 3001\n}\n"),
        ("{\n\t\"a\" : 1\n}", "/b/c", "{\n\t\"a\" : 1,\n\t\"b\" : {\n\t\t\"c\": 3001\n\t}\n}"),
        ("{\r\n  \"a\": 1\r\n}\r\n", "/b/c", "{\r\n  \"a\": 1,\r\n  \"b\": {\r\n    \"c\": 3001\r\n  }\r\n}\r\n"),
        ("{\n    \"a\": {}\n}\n", "/a/b", "{\n    \"a\": {\n        \"b\": 3001\n    }\n}\n"),
        ("{\n\n  \"a\": 1,\n\n  \"b\": 2\n}\n", "/c", "{\n\n  \"a\": 1,\n\n  \"b\": 2,\n  \"c\": 3001\n}\n"),
        ("{}\n", "/a/b", "{\n  \"a\": {\n    \"b\": 3001\n  }\n}\n"),
    ]

    @Test func refusesWhatIsTooMuch() {
        let text = "[" + String(repeating: "1,", count: 100_000) + "1]"
        let error = #expect(throws: JSONSource.Failure.self) {
            try JSONSource(Array(text.utf8), allowsComments: false)
        }
        #expect(error?.problem.hasPrefix("more than ") == true)
    }

    @Test(arguments: edits)
    func setsOneValueAndKeepsTheRest(_ before: String, _ pointer: String, _ after: String) throws {
        var source = try JSONSource(Array(before.utf8), allowsComments: false)
        try source.set(pointer, to: "3001", isText: false)
        #expect(String(decoding: source.bytes, as: UTF8.self) == after)
    }

    @Test(arguments: [
        (
            "{\n  // the port\n  \"port\": 1, /* so */\n}\n", "/port",
            "{\n  // the port\n  \"port\": 3001, /* so */\n}\n"
        ),
        ("{\n  \"a\": 1 // one\n}", "/b", "{\n  \"a\": 1,\n  \"b\": 3001 // one\n}"),
        ("{\n  \"a\": 1, // one\n}", "/b", "{\n  \"a\": 1,\n  \"b\": 3001, // one\n}"),
        ("{\n  \"a\" /* { */ : 1\n}", "/b", "{\n  \"a\" /* { */ : 1,\n  \"b\": 3001\n}"),
    ])
    func keepsComments(_ before: String, _ pointer: String, _ after: String) throws {
        var source = try JSONSource(Array(before.utf8), allowsComments: true)
        try source.set(pointer, to: "3001", isText: false)
        #expect(String(decoding: source.bytes, as: UTF8.self) == after)
    }

    @Test func aTextIsAString() throws {
        var source = try JSONSource(Array(#"{"a": 1}"#.utf8), allowsComments: false)
        try source.set("/a", to: "say \"3001\"", isText: true)
        #expect(String(decoding: source.bytes, as: UTF8.self) == #"{"a": "say \"3001\""}"#)
    }

    @Test(arguments: [
        (#"{"a": 1}"#, "/a/b", JSONSource.SettingError.noPlace), (#"{"a": "x"}"#, "/a/b", .noPlace),
        (#"{"a": [1]}"#, "/a/1", .noPlace), (#"{"a": [1]}"#, "/a/-", .noPlace), (#"{"a": [1]}"#, "/a/00", .noPlace),
        (#"{"a": {}}"#, "/a", .notAValue), (#"{"a": [1]}"#, "/a", .notAValue), ("1", "/a", .noPlace),
    ])
    func refuses(_ text: String, _ pointer: String, _ error: JSONSource.SettingError) throws {
        var source = try JSONSource(Array(text.utf8), allowsComments: false)
        #expect(throws: error) { try source.set(pointer, to: "3001", isText: false) }
        #expect(source.bytes == Array(text.utf8))
    }

    @Test(
        "What is no JSON is refused, with its line",
        arguments: [
            ("", 1), ("{", 1), ("{\"a\": 1,}", 1), ("{\n'a': 1}", 2), ("{\"a\": 01}", 1), ("{\"a\": .5}", 1),
            ("{\"a\": 1.}", 1), ("{\"a\": +1}", 1), ("{\"a\": 1e}", 1), ("{\"a\": tru}", 1), ("{\"a\" 1}", 1),
            ("{\"a\": \"x}", 1), ("{\"a\": \"\\x\"}", 1), ("{\"a\": \"\\u12\"}", 1), ("{\"a\": \"b\nc\"}", 1),
            ("{\"a\": 1}\n\n}", 3), ("[1 2]", 1), ("{\n// x\n}", 2), ("[1,]", 1), ("{\"a\": \"\\", 1), ("NaN", 1),
            (String(repeating: "[", count: 300), 1),
        ])
    func isStrict(_ text: String, _ line: Int) {
        let error = #expect(throws: JSONSource.Failure.self) {
            try JSONSource(Array(text.utf8), allowsComments: false)
        }
        #expect(error?.line == line)
    }
}
