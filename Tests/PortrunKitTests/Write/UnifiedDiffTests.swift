import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// What is printed is what diff(1) prints, and leads patch(1) from the one file to the other.
struct UnifiedDiffTests {
    private static let numbers = (1...40).map { "line \($0)\n" }.joined()

    static let pairs: [(String, String)] = [
        ("a\nb\nc\n", "a\nB\nc\n"), ("", "a\n"), ("a\n", ""), ("a", "a\n"), ("a\n", "a"), ("a", "b"),
        (numbers, numbers.replacing("line 1\n", with: "first\n").replacing("line 40\n", with: "last\n")),
        (numbers, numbers.replacing("line 10\n", with: "ten\n").replacing("line 17\n", with: "seventeen\n")),
        (numbers, numbers.replacing("line 10\n", with: "ten\n").replacing("line 18\n", with: "eighteen\n")),
        (numbers, numbers.replacing("line 20\n", with: "line 20\nmore\n")), (numbers, numbers + "more"),
        ("a\r\nb\r\n", "a\r\nB\r\n"),
    ]

    @Test(arguments: pairs)
    func isThatOfDiff(_ old: String, _ new: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(old, to: "old")
        try folder.write(new, to: "new")
        let text = text(old, new)
        let answer = ChildProcess.run(
            ["diff", "-u", "--label", "old", "--label", "old", folder.path + "/old", folder.path + "/new"],
            environment: .ofTests)
        #expect(answer == .init(status: 1, output: text))
    }

    @Test func nothingIsSaidOfTheSame() {
        #expect(UnifiedDiff.bytes(Array("a\n".utf8), Array("a\n".utf8), name: "a").isEmpty)
    }

    /// The fewest changes would take as many steps as the product of the lines.
    @Test func manyChangesAreOne() {
        let lines = { (word: String) in (0..<20_000).map { "\(word) \($0)\n" }.joined() }
        for (end, shown, count) in [("", "", 20_001), ("z\nend", " z\n end\n\\ No newline at end of file\n", 20_003)] {
            let head = "--- old\n+++ old\n@@ -1,\(count) +1,\(count) @@\n a\n"
            #expect(
                text("a\n" + lines("b") + end, "a\n" + lines("c") + end) == head + lines("-b") + lines("+c") + shown)
        }
    }

    /// More lines than are held one by one.
    @Test func twoHundredThousandChangesAreOne() {
        let lines = { (word: String) in String(repeating: "\(word)\n", count: 200_000) }
        let start = "1\n2\n3\n4\n"
        let head = "--- old\n+++ old\n@@ -2,200006 +2,200006 @@\n 2\n 3\n 4\n"
        let expected = head + lines("-b") + lines("+c") + " z\n y\n x\n"
        #expect(text(start + lines("b") + "z\ny\nx\nw", start + lines("c") + "z\ny\nx\nw") == expected)
        #expect(text(start + lines("b"), start).hasPrefix("--- old\n+++ old\n@@ -2,200003 +2,3 @@\n 2\n 3\n 4\n-b\n"))
    }

    private func text(_ old: String, _ new: String) -> String {
        String(decoding: UnifiedDiff.bytes(Array(old.utf8), Array(new.utf8), name: "old"), as: UTF8.self)
    }

    @Test func aNewFileComesFromNothing() {
        let bytes = UnifiedDiff.bytes(nil, Array("a\n".utf8), name: "x")
        #expect(String(decoding: bytes, as: UTF8.self) == "--- /dev/null\n+++ x\n@@ -0,0 +1 @@\n+a\n")
    }
}
