import TestSupport
import Testing

@testable import PortrunBase

/// Texts that look alike and are not the same are two, in whatever way they are compared.
struct StringBytesTests {
    /// é in one character, and e with an accent.
    private static let one = "\u{E9}", two = "e\u{301}"
    private static let accent = "\u{301}"

    private struct Named: Hashable {
        let name: String
        let other: String?
    }

    private enum Choice: Equatable { case name(String), none }

    @Test func areNotEqual() {
        let (one, two) = (Self.one, Self.two)
        let optional: String? = two
        #expect(!(one == two) && one != two && one == "\u{E9}" && two == optional)
        #expect(!(one == optional) && one != optional && optional != nil && optional == optional)
        #expect(!([one] == [two]) && [one] != [two] && [one, two] == [one, two])
        #expect(![one].contains(two) && [one, two].firstIndex(of: two) == 1)
        #expect(!(one[...] == two[...]) && one[...] != two[...])
        #expect(Named(name: one, other: nil) != Named(name: two, other: nil))
        #expect(Named(name: "a", other: one) != Named(name: "a", other: two))
        #expect(Choice.name(one) != Choice.name(two) && Choice.name(one) == Choice.name(one))
        #expect(GitHead.branch(one) != GitHead.branch(two))
        switch one {
        case two: Issue.record("\(one) is taken for \(two)")
        case one: break
        case _: Issue.record("\(one) is not taken for itself")
        }
        // The sign for kelvins is no K, and the Greek question mark no semicolon.
        #expect("K" != "\u{212A}" && ";" != "\u{37E}")
    }

    @Test func areTwoKeys() {
        var table: [ExactString: Int] = [:]
        table[Self.one] = 1
        table[Self.two] = 2
        #expect(table.count == 2 && table[Self.one] == 1 && table[Self.two] == 2 && table["e"] == nil)
        var set = Set<ExactString>(of: [Self.one])
        #expect(!set.contains(Self.two) && set.insert(Self.two) && !set.insert(Self.one) && set.count == 2)
    }

    @Test func endAndStartAsTheirBytesDo() {
        let text = "/\(Self.accent)a/\(Self.two)"
        #expect(text.hasPrefix("/") && text.rest(after: "/") == Self.accent + "a/" + Self.two)
        #expect(!text.hasPrefix(text + "x") && text.rest(after: "a") == nil && text.rest(after: "") == text)
        #expect(
            text.hasSuffix(Self.accent) && !text.hasSuffix(Self.one)
                && text.start(before: Self.two) == "/\(Self.accent)a/")
        #expect(text[...].hasPrefix("/") && text[...].hasSuffix(Self.two) && !text[...].hasSuffix(Self.one))
        #expect("".hasPrefix("") && "".hasSuffix("") && !"".hasPrefix("a") && "" == "" && "" != "a")
    }

    @Test func areSplitAtEverySeparator() {
        let text = "a/\(Self.accent)b=\(Self.accent)c"
        #expect(text.split(separator: "/") == ["a", "\(Self.accent)b=\(Self.accent)c"])
        #expect(text.parts(at: "=") == ("a/\(Self.accent)b", "\(Self.accent)c"))
        #expect("a".parts(at: "=").after == nil && "=".parts(at: "=") == ("", ""))
        #expect(text.contains("/") && text[...].contains("="))
        #expect(text.firstIndex(of: "/").map { text[..<$0] } == "a")
        #expect(text.lastIndex(of: "=").map { text[..<$0] } == "a/\(Self.accent)b")
        #expect("a,,b".split(separator: ",", omittingEmptySubsequences: false) == ["a", "", "b"])
        #expect("a,b,c".split(separator: ",", maxSplits: 1) == ["a", "b,c"])
        #expect("a\r\nb".split(separator: "\n") == ["a\r", "b"])
    }

    @Test func areTwoPaths() {
        #expect(Path.relative("/a/\(Self.two)/b", to: "/a/\(Self.one)") == nil)
        #expect(Path.relative("/a/\(Self.accent)b", to: "/a") == "\(Self.accent)b")
        #expect(Path.absolute("\(Self.accent)x/../y", in: "/a") == "/a/y")
        #expect(Path.absolute("/\(Self.accent)x/./y", in: "/a") == "/\(Self.accent)x/y")
    }

    @Test func areTwoFoldersToGC() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "\(Self.one)/app/x")
        try folder.write("", to: "\(Self.one)/other/x")
        let paths = PathLookup()
        for _ in 0..<3 {
            #expect(paths.kind(of: "\(folder.path)/\(Self.one)/app") == .directory)
            #expect(paths.kind(of: "\(folder.path)/\(Self.two)/app") == nil)
        }
    }

    @Test func areTwoKeysOfJSON() throws {
        let text = "{\"\(Self.one)\": 1, \"\(Self.two)\": 2}"
        let value = try #require(JSONParser.value(of: Array(text.utf8)[...]))
        #expect(value[Self.one] == .integer(1) && value[Self.two] == .integer(2))
    }

    /// What an accent hides of an address would be shown, a password for one.
    @Test(arguments: [
        ("https://user:secret@\u{301}host/x", "https://\u{301}host/x"),
        ("ssh://user:\u{301}secret@host/x", "ssh://user@host/x"),
        ("https://\u{301}user:secret@host/\u{301}x", "https://host/\u{301}x"),
    ])
    func hideNoSecret(_ address: String, shown: String) {
        #expect(RemoteURL(text: address).withoutSecrets == shown)
    }
}
