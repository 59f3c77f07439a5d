import Testing

@testable import PortrunBase

struct JSONPointerTests {
    @Test(arguments: [
        ("/", [""]), ("/a", ["a"]), ("/a/b/0", ["a", "b", "0"]), ("/a~1b/~0A", ["a/b", "~A"]), ("/~01", ["~1"]),
        ("/~0~0~1", ["~~/"]), ("//", ["", ""]), ("/e\u{301}/\u{E9}", ["e\u{301}", "\u{E9}"]),
    ])
    func leadsThroughKeys(_ pointer: String, _ keys: [String]) {
        let bytes = keys.map { Array($0.utf8) }
        #expect(JSONPointer.keys(of: pointer) == bytes)
        #expect(JSONPointer.text(of: bytes) == pointer)
    }

    @Test(arguments: [("/~", "~"), ("/~2", "~2"), ("/~~1", "~/")])
    func keepsATildeThatStandsForNothing(_ pointer: String, _ key: String) {
        #expect(JSONPointer.keys(of: pointer) == [Array(key.utf8)])
    }
}
