import TestSupport
import Testing

@testable import PortrunBase

struct PathTests {
    @Test(arguments: [
        ("a", "/x", "/x/a"), ("/a", "/x", "/a"), ("./a/../b", "/x", "/x/b"), ("../../..", "/x", "/"),
        ("", "/x", "/x"),
        (".", "/", "/"), ("a//b/", "/x/", "/x/a/b"), ("..a/b..", "/x", "/x/..a/b.."), ("/..", "/x", "/"),
        ("a b", "/x", "/x/a b"), ("~", "/x", "/x/~"), ("é", "/ü", "/ü/é"),
    ])
    func isMadeAbsolute(_ path: String, directory: String, expected: String) {
        #expect(Path.absolute(path, in: directory) == expected)
    }

    @Test(arguments: [
        ("/a/b", "b", "/a"), ("/a", "a", "/"), ("/", "", "/"), ("/a/b.c/d e", "d e", "/a/b.c"),
    ])
    func splitsNameAndFolder(_ path: String, name: String, folder: String) {
        #expect(Path.lastName(path) == name)
        #expect(Path.parent(path) == folder)
    }

    @Test(arguments: [
        ("/a/b/c", "/a", "b/c"), ("/a", "/a", ""), ("/ab", "/a", nil), ("/a", "/a/b", nil), ("/a", "/", "a"),
        ("/", "/", ""), ("/", "/a", nil), ("/A/b", "/a", nil),
    ])
    func isSeenFromAFolder(_ path: String, folder: String, relative: String?) {
        #expect(Path.relative(path, to: folder) == relative)
    }
}
