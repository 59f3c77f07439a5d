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
        #expect(![one].contains(two) && [one, two].firstIndex(of: two) == 1 && ![one, two][..<1].contains(two))
        #expect(!(one[...] == two[...]) && one[...] != two[...] && one[...] != two && one[...] == one)
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
        #expect(text[...].rest(after: "/") == Self.accent + "a/" + Self.two && text[...].rest(after: "a") == nil)
        #expect(text[...].start(before: Self.two) == "/\(Self.accent)a/" && text[...].start(before: Self.one) == nil)
        #expect(text[...].hasPrefix("/") && text[...].hasSuffix(Self.two) && !text[...].hasSuffix(Self.one))
        #expect("".hasPrefix("") && "".hasSuffix("") && !"".hasPrefix("a") && "" == "" && "" != "a")
    }

    @Test func areSplitAtEverySeparator() {
        let text = "a/\(Self.accent)b=\(Self.accent)c"
        #expect(text.split(separator: "/") == ["a", "\(Self.accent)b=\(Self.accent)c"])
        #expect(text.parts(at: "=") == ("a/\(Self.accent)b", "\(Self.accent)c"))
        #expect("a".parts(at: "=").after == nil && "=".parts(at: "=") == ("", ""))
        #expect(text.contains("/") && text[...].contains("=") && text.contains("b=") && text.contains(text))
        #expect(text.contains("") && !text.contains("bc") && !text.contains(text + "x") && !"\u{E9}".contains("e"))
        #expect(text.firstIndex(of: "/").map { text[..<$0] } == "a")
        #expect(text.lastIndex(of: "=").map { text[..<$0] } == "a/\(Self.accent)b")
        #expect("a,,b".split(separator: ",", omittingEmptySubsequences: false) == ["a", "", "b"])
        #expect("a,b,c".split(separator: ",", maxSplits: 1) == ["a", "b,c"] && "".split(separator: ",").isEmpty)
        #expect(",a,,b,".split(separator: ",", maxSplits: 1) == ["a", ",b,"])
        #expect(",a,".split(separator: ",", omittingEmptySubsequences: false) == ["", "a", ""])
        #expect("a\r\nb".split(separator: "\n") == ["a\r", "b"])
    }

    @Test func areTwoPaths() {
        #expect(Path.relative("/a/\(Self.two)/b", to: "/a/\(Self.one)") == nil)
        #expect(Path.relative("/a/\(Self.accent)b", to: "/a") == "\(Self.accent)b")
        #expect(Path.absolute("\(Self.accent)x/../y", in: "/a") == "/a/y")
        #expect(Path.absolute("/\(Self.accent)x/./y", in: "/a") == "/\(Self.accent)x/y")
    }

    /// Longer ones than fit into a String itself too, and accents whose order is not the same.
    @Test(arguments: ["", "a", "0123456789abcdef"])
    func areTwoServicesAndTwoLabels(_ start: String) throws {
        for (one, two) in [(Self.one, Self.two), ("\u{212B}", "\u{C5}"), ("a\u{301}\u{323}", "a\u{323}\u{301}")] {
            let names = try [one, two, one].map { try #require(ServiceName(start + $0)) }
            #expect(names[0] != names[1] && names[0] == names[2] && Set(names).count == 2)
            let labels = [one, two].map { ContextLabel(app: start + $0, instance: "") }
            #expect(labels[0] != labels[1])
        }
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
