import TestSupport
import Testing

@testable import PortrunBase

struct SearchPathTests {
    @Test(arguments: [
        ("/a:/b", "/a", "/b"), ("/b:/a", "/a", "/b"), ("/a:/b:/a", "/a", "/b"), (":/a:", "/a", ":"), ("/b", "/a", "/b"),
        ("/a", "/a", "/a"), ("/a/:/ab", "/a", "/a/:/ab"), ("", "/a", ""),
    ])
    func losesAFolderWhereverItStands(_ text: String, _ folder: String, _ rest: String) {
        #expect(SearchPath(text).without(folder) == SearchPath(rest))
    }

    @Test(arguments: ["", ":", "/a", "/a::/b/:c:", ":/a"])
    func keepsItsText(_ text: String) {
        #expect(SearchPath(text).text == Array(text.utf8))
        #expect(SearchPath(text).prefixed(by: "/s").text == Array("/s:\(text)".utf8))
    }

    @Test(arguments: [
        ("/s:/a:/b", ["/a/x", "/b/x"]), ("/s:/a:/s:/b", ["/b/x"]), ("/a:/b", ["/a/x", "/b/x"]), ("/a:/s", []),
        ("/s::c", ["x", "c/x"]),
    ])
    func continuesBehindTheLastOfItself(_ text: String, _ expected: [String]) {
        let own = Array("/s/x".utf8)
        let found = SearchPath(text).candidates(for: Array("x".utf8)) { $0 == own }
        #expect(found.map { String(decoding: $0, as: UTF8.self) } == expected)
    }
}

extension SearchPath {
    fileprivate init(_ text: String) { self.init(Array(text.utf8)[...]) }
}
