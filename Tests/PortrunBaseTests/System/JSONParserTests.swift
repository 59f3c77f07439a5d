import TestSupport
import Testing

@testable import PortrunBase

struct JSONParserTests {
    @Test(
        arguments: [
            ("null", .null), (" true ", .boolean(true)), ("false", .boolean(false)), ("-12", .integer(-12)),
            ("0", .integer(0)), ("-0.0", .integer(0)), ("1.5", .null), ("1e3", .integer(1000)), ("1e400", .null),
            ("2.50e1", .integer(25)), ("10E-05", .null),
            ("99999999999999999999", .null), ("\"\"", .string("")),
            (#""a\"\\\/\b\f\n\r\t\u0041""#, .string("a\"\\/\u{8}\u{C}\n\r\tA")),
            (#""\ud83d\ude00""#, .string("😀")), (#""\ud83dx""#, .string("\u{FFFD}x")),
            (#""\ude00""#, .string("\u{FFFD}")), (#""\ud83d\u0041""#, .string("\u{FFFD}A")), ("\"ä😀\"", .string("ä😀")),
            ("[]", .array([])), ("{ }", .object([:])),
            (
                "\n[1, [2],\t{\"a\": {\"b\": null}} ]\r\n",
                .array([
                    .integer(1), .array([.integer(2)]), .object(["a": .object(["b": .null])]),
                ])
            ),
        ] as [(String, JSONValue)])
    func reads(_ text: String, value: JSONValue) {
        #expect(JSONParser.value(of: Array(text.utf8)[...]) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "truex", "-", "[", "[1", "[1,", "[1,]", "[1 2]", "[,]", "{", "{\"a\"", "{\"a\":}",
        "{\"a\" 1}", "{a: 1}", "{\"a\": 1,}", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"a\nb\"",
        "[] []", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "1.e1", "--1", "1-2", "1e5.5", "- 1",
        "{]", "'a'", "nan", String(repeating: "[", count: 100_000),
        String(repeating: "[", count: 101) + String(repeating: "]", count: 101),
    ])
    func rejects(_ text: String) {
        #expect(JSONParser.value(of: Array(text.utf8)[...]) == nil)
    }

    @Test(
        arguments: [
            ("1.5", .fraction(1.5)), ("1e3", .integer(1000)), ("99999999999999999999", .fraction(1e20)),
            ("7", .integer(7)),
            ("1e999", .fraction(.greatestFiniteMagnitude)), ("null", .null),
        ] as [(String, JSONValue)])
    func aMessageKeepsItsFractions(_ text: String, value: JSONValue) {
        #expect(JSONParser.message(Array(text.utf8)[...]) == value)
    }

    @Test(
        arguments: [
            ("1e3", .fraction(1000)), ("3000.0", .fraction(3000)), ("-7", .integer(-7)),
            ("9223372036854775807", .integer(.max)),
        ] as [(String, JSONValue)])
    func aStrictMessageHasWholeNumbersInDigitsAlone(_ text: String, value: JSONValue) {
        #expect(JSONParser.strictValue(of: Array(text.utf8)[...], isStrict: true) == value)
    }

    @Test func readsWhatIsWritten() throws {
        let value = JSONValue.object(["a\u{1}\"": .array([.string("\\ü\n\u{7F}"), .integer(Int.min), .boolean(true)])])
        #expect(JSONParser.value(of: Array(value.text.utf8)[...]) == value)
    }

    @Test func theLastOfTwoEqualKeysCounts() throws {
        let object = try #require(JSONParser.value(of: Array(#"{"a": 1, "b": 2, "a": 3}"#.utf8)[...]))
        #expect(object["a"]?.integer == 3 && object["c"] == nil && object["a"]?["b"] == nil)
    }

    /// Several broken texts would become one.
    @Test(arguments: [#""\ud83dx""#, #""\ude00""#, #""\ud83d\u0041""#, #"{"\ud83d":1}"#])
    func strictlyTakenHalfOfAPairIsNone(_ text: String) {
        #expect(JSONParser.strictValue(of: Array(text.utf8)[...]) == nil)
        #expect(JSONParser.strictValue(of: Array(#""\ud83d\ude00""#.utf8)[...]) == .string("😀"))
    }
}
