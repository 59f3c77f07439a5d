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
        let text = UnifiedDiff.text(Array(old.utf8), Array(new.utf8), name: "old")
        let answer = ChildProcess.run(
            ["diff", "-u", "--label", "old", "--label", "old", folder.path + "/old", folder.path + "/new"],
            environment: .ofTests)
        #expect(answer == .init(status: 1, output: text))
    }

    @Test func nothingIsSaidOfTheSame() {
        #expect(UnifiedDiff.text(Array("a\n".utf8), Array("a\n".utf8), name: "a").isEmpty)
    }

    /// The fewest changes would take as many steps as the product of the lines.
    @Test func manyChangesAreOne() {
        let lines = { (word: String) in (0..<20_000).map { "\(word) \($0)\n" }.joined() }
        let text = UnifiedDiff.text(Array(("a\n" + lines("b")).utf8), Array(("a\n" + lines("c")).utf8), name: "x")
        let head = "--- x\n+++ x\n@@ -1,20001 +1,20001 @@\n a\n"
        let body = lines("-b") + lines("+c")
        #expect(text == head + body)
    }

    @Test func aNewFileComesFromNothing() {
        #expect(UnifiedDiff.text(nil, Array("a\n".utf8), name: "x") == "--- /dev/null\n+++ x\n@@ -0,0 +1 @@\n+a\n")
    }
}
