import TestSupport
import Testing

@testable import PortrunBase

@Suite(.timeLimit(.minutes(30)))
struct NameSetTests {
    @Test(arguments: [0, 1, 31, 32, 33, 1000])
    func knowsEachNameAndNoOther(count: Int) {
        var names = NameSet()
        for number in 0..<count { insert("name-\(number)", number % 2 == 0 ? .file : .directory, into: &names) }
        for number in 0..<count {
            #expect(kind(of: "name-\(number)", in: names) == (number % 2 == 0 ? .file : .directory))
        }
        for name in ["", "name-", "name-\(count)", "NAME-0", "name-0 "] { #expect(kind(of: name, in: names) == nil) }
    }

    @Test func takesAnyBytes() {
        var names = NameSet()
        for name in ["", "/", "ä", "\u{0}", "a\u{0}b", "a"] { insert(name, .other, into: &names) }
        for name in ["", "/", "ä", "\u{0}", "a\u{0}b", "a"] { #expect(kind(of: name, in: names) == .other) }
        #expect(kind(of: "b", in: names) == nil)
    }

    private func insert(_ name: String, _ kind: FileSystem.Kind, into names: inout NameSet) {
        Array(name.utf8).withUnsafeBytes { names.insert($0, kind) }
    }

    private func kind(of name: String, in names: NameSet) -> FileSystem.Kind? {
        Array(name.utf8).withUnsafeBytes { names.kind(of: $0) }
    }
}
