import TestSupport
import Testing

@testable import PortrunBase

@Suite(.timeLimit(.minutes(30)))
struct GitConfigParserTests {
    private static let wellFormed = [
        "", "\n# only\n; comments", "[a]b", "[a]\nb\n", "[a] b=", "[A]\nB-2 = c", "[a \"B.c\"]\n\td = e",
        "[a.B]\n\tc = d", "[a.B \"C\"]\nd = e", "[a \"b\\\"c\\\\d\\e\"]\nx = y",
        "[a]\nb = \"c\" d \"e # f\" ; g",
        "[a]\nb = c\\\n  d\\\n\n", "[a]\nb = c\\\\\\n\\t\\\"", "[a]\nb = \"  c  \"  ", "[a]\r\nb = c\r\n",
        "[a]\nb = c\n[d]\ne = f\n[a]\nb = g", "\u{FEFF}[a]\nb = c", "[a \"\"]\nb = c", "[a-b]\nc = d",
        "[a]\nb = c=d",
        "[a]\nb=größe", "[a]\tb = c", "[a]\nb = \"\"", "[a \"x\"]b = c", "[a]\nb = \\\n c",
    ]

    private static let malformed = [
        "[a", "[a \"b", "[a \"b\"", "[a \"b\" ]", "[a\nb]", "[a b]", "[a_b]\n", "x]", "1 = 2", "[a]\nb c",
        "[a]\nb = \"c",
        "[a]\nb = \\x", "[a]\n2b = c", "[a]\nb_c = d", "[a \"b\nc\"]", "[a]\n= b", "[a]\nb # c",
    ]

    @Test(arguments: wellFormed)
    func readsWhatGitReads(_ text: String) throws {
        let sandbox = try GitSandbox()
        try sandbox.write("config", text)
        let listed = try sandbox.git("config", "--file", sandbox.path("config"), "--null", "--list", in: "")
        let entries = try GitConfigParser.entries(of: Array(text.utf8))
        let read = entries.map { entry in
            let key = [entry.section, entry.subsection, entry.name].compactMap { $0 }.joined(separator: ".")
            return key + (entry.value.map { "\n" + $0 } ?? "") + "\0"
        }
        #expect(read.joined() == listed)
    }

    @Test(arguments: malformed)
    func rejects(_ text: String) throws {
        let sandbox = try GitSandbox()
        try sandbox.write("config", text)
        #expect(sandbox.ask(["config", "--file", sandbox.path("config"), "--list"], in: "").status != 0)
        #expect(throws: GitConfigParser.SyntaxError.self) {
            try GitConfigParser.entries(of: Array(text.utf8))
        }
    }
}
