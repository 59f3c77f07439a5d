import TestSupport
import Testing

@testable import PortrunBase

struct GitGlobTests {
    /// From git's own t3070-wildmatch.sh, the columns with WM_PATHNAME.
    @Test(arguments: [
        ("foo", "foo", true), ("foo", "bar", false), ("", "", true), ("???", "foo", true),
        ("??", "foo", false),
        ("*", "foo", true), ("f*", "foo", true), ("*f", "foo", false), ("*foo*", "foo", true),
        ("*ob*a*r*", "foobar", true), ("*ab", "aaaaaaabababab", true), ("foo\\*", "foo*", true),
        ("foo\\*bar", "foobar", false), ("f\\\\oo", "f\\oo", true), ("foo*bar", "foo/baz/bar", false),
        ("foo**bar", "foo/baz/bar", false), ("foo**bar", "foobazbar", true),
        ("foo/**/bar", "foo/baz/bar", true),
        ("foo/**/**/bar", "foo/baz/bar", true), ("foo/**/bar", "foo/b/a/z/bar", true),
        ("foo/**/bar", "foo/bar", true),
        ("foo/**/**/bar", "foo/bar", true), ("foo?bar", "foo/bar", false), ("f*oo", "fo/o", false),
        ("**/foo", "foo", true), ("**/foo", "XXX/foo", true), ("**/foo", "bar/baz/foo", true),
        ("*/foo", "bar/baz/foo", false), ("**/bar*", "foo/bar/baz", false),
        ("**/bar/*", "deep/foo/bar/baz", true),
        ("**/bar/*", "deep/foo/bar/baz/", false), ("**/bar/**", "deep/foo/bar/baz/", true),
        ("**/bar/*", "deep/foo/bar", false), ("**/bar/**", "deep/foo/bar/", true),
        ("*/bar/**", "foo/bar/baz/x", true),
        ("*/bar/**", "deep/foo/bar/baz/x", false), ("**/bar/*/*", "deep/foo/bar/baz/x", true),
    ])
    func matchesAsGitDoes(_ pattern: String, text: String, expected: Bool) throws {
        #expect(try #require(GitGlob(pattern)).matches(text) == expected)
    }

    @Test func foldsOnlyASCII() throws {
        #expect(try #require(GitGlob("/A/Ö", foldsCase: true)).matches("/a/Ö"))
        #expect(try !#require(GitGlob("/A/Ö", foldsCase: true)).matches("/a/ö"))
    }

    /// wildmatch.c gives up a star as soon as no later one could match; the number of ways grows with 2^20 and more.
    @Test(
        .timeLimit(.minutes(30)),
        arguments: [
            String(repeating: "*a", count: 30) + "b", String(repeating: "**/", count: 60) + "x",
            String(repeating: "*?", count: 30) + "b", String(repeating: "**/*a", count: 30) + "b",
            String(repeating: "**/*/", count: 30) + "x",
        ])
    func givesUpSoon(_ pattern: String) throws {
        let text = String(repeating: String(repeating: "a", count: 100) + "/", count: 40)
        #expect(try !#require(GitGlob(pattern)).matches(text))
    }

    /// Against wildmatch.c without its short cuts.
    @Test func matchesWhateverAStepByStepReadingMatches() throws {
        var generator = SeededGenerator(state: 3070)
        var matching = 0
        for _ in 0..<50_000 {
            let pattern = Self.word(of: "a/**?\\", upTo: 9, &generator)
            let text = Self.word(of: "ab/", upTo: 7, &generator)
            let expected = Self.matches(Array(pattern.utf8), 0, Array(text.utf8)[...])
            if expected { matching += 1 }
            #expect(try #require(GitGlob(pattern)).matches(text) == expected, "\(pattern) on \(text)")
        }
        #expect(matching > 1000)
    }

    @Test func leavesBracketsToGit() {
        #expect(GitGlob("[ab]") == nil)
    }

    private static func word(of letters: String, upTo length: Int, _ generator: inout SeededGenerator) -> String {
        String(
            (0..<Int.random(in: 0...length, using: &generator)).map { _ in letters.randomElement(using: &generator)! })
    }

    private static func matches(_ pattern: [UInt8], _ start: Int, _ text: ArraySlice<UInt8>) -> Bool {
        let slash = UInt8(ascii: "/")
        guard start < pattern.count else { return text.isEmpty }
        guard pattern[start] == UInt8(ascii: "*") else {
            guard let byte = text.first else { return false }
            if pattern[start] == UInt8(ascii: "?") {
                return byte != slash && matches(pattern, start + 1, text.dropFirst())
            }
            let isEscaped = pattern[start] == UInt8(ascii: "\\") && start + 1 < pattern.count
            let place = isEscaped ? start + 1 : start
            return pattern[place] == byte && matches(pattern, place + 1, text.dropFirst())
        }
        var end = start
        while end < pattern.count, pattern[end] == UInt8(ascii: "*") { end += 1 }
        let rest = pattern[end...]
        let isBounded =
            end - start > 1 && (start == 0 || pattern[start - 1] == slash)
            && (rest.isEmpty || rest.first == slash || rest.starts(with: Array("\\/".utf8)))
        if isBounded, rest.first == slash, matches(pattern, end + 1, text) { return true }
        var text = text
        while !matches(pattern, end, text) {
            guard let byte = text.popFirst(), isBounded || byte != slash else { return false }
        }
        return true
    }
}
