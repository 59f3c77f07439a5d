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

    @Test func leavesBracketsToGit() {
        #expect(GitGlob("[ab]") == nil)
    }
}
