import Foundation
import TestSupport
import Testing

@testable import PortrunBase

struct JSONValueTests {
    @Test(arguments: [
        "", "plain", "\"", "\\", "/", "\u{8}\u{C}\n\r\t", "\0", "\u{1F}", "\u{7F}", "\u{85}", "\u{2028}", "é",
        "e\u{301}",
        "👩‍👩‍👧‍👦", "\u{FFFD}", "\u{10FFFF}", "\u{E0001}a\u{E0100}", "\u{1D173}", "\\u0041", "</script>", "a\r\nb",
        "\"\u{301}", "\\\u{301}",
    ])
    func anotherReaderSeesTheSameText(_ text: String) throws {
        let document = JSONValue.object([
            "key": .string(text), JSONValueTests.marked(text): .array([.string(text)]),
        ])
        let read = try #require(
            try JSONSerialization.jsonObject(with: Data(document.text.utf8)) as? [String: Any])
        #expect(Array(try #require(read["key"] as? String).utf8) == Array(text.utf8))
        let array = try #require(read[Self.marked(text)] as? [String])
        #expect(array.map { Array($0.utf8) } == [Array(text.utf8)])
    }

    @Test(arguments: [0, -1, 65535, Int.max, Int.min])
    func anotherReaderSeesTheSameNumber(_ number: Int) throws {
        let read = try JSONSerialization.jsonObject(with: Data(JSONValue.array([.integer(number)]).text.utf8))
        #expect(read as? [Int] == [number])
    }

    @Test func writesTwoSpacesALevelInTheOrderGiven() {
        let document = JSONValue.object([
            "z": .integer(1), "a": .array([.null, .boolean(true), .object([:]), .array([])]),
            "n": .object(["x": .string(orNull: nil), "y": .integer(orNull: nil)]),
        ])
        #expect(
            document.text == """
                {
                  "z": 1,
                  "a": [
                    null,
                    true,
                    {},
                    []
                  ],
                  "n": {
                    "x": null,
                    "y": null
                  }
                }
                """)
    }

    /// A key of its own for `text`.
    private static func marked(_ text: String) -> String { "key of " + text }

    @Test func standsOnOneLine() {
        let document = JSONValue.object([
            "a": .array([.integer(1), .object([:]), .array([])]), "b": .object(["c": .string("\n\u{2028}")]),
            "d": .null,
        ])
        #expect(document.line == #"{"a":[1,{},[]],"b":{"c":"\n\u2028"},"d":null}"#)
    }
}
