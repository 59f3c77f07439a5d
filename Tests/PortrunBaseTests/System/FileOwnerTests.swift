import TestSupport
import Testing

@testable import PortrunBase

@Suite struct FileOwnerTests {
    @Test(arguments: [
        "/a", "/with space", "/with \"quotes\" \\", "/with\nnewline", "/ü",
        // Where YAML or JavaScript end a line, or YAML ends.
        "/a\u{85}b: c", "/a\u{2028}b", "/a\u{2029}b", "/a\r\nb", "/a\u{FFFE}b", "/a\u{1B}b\u{9B}\u{202E}c",
    ])
    func isReadFromTheFirstLine(_ folder: String) throws {
        let state = try TemporaryFolder()
        let owner = FileOwner(context: "0123456789ab", folder: folder)
        for directory in ["overrides", "preload"] { try #require(mkdir("\(state.path)/\(directory)", 0o700) == 0) }
        try state.write(owner.line(after: "#") + "services: {}\n", to: "overrides/b.yaml")
        try state.write(owner.line(after: "//") + "'use strict';\n", to: "preload/portrun-a.cjs")
        let files = FileOwner.files(in: StateFolder(state.path))
        #expect(files.map(\.path) == ["\(state.path)/overrides/b.yaml", "\(state.path)/preload/portrun-a.cjs"])
        #expect(files.allSatisfy { $0.owner == owner })
        let line = owner.line(after: "#").dropLast()
        #expect(!line.unicodeScalars.contains { TerminalText.obeys($0) || $0 == "\u{FFFE}" })
    }

    @Test(arguments: [
        "", "\n", "# something else\n", "# written by portrun for 0123456789ab\n", "services: {}",
        "# written by portrun for 0123456789ab /not quoted\n",
    ])
    func isNoneOfAnyOtherFile(_ text: String) throws {
        let state = try TemporaryFolder()
        try #require(mkdir(state.path + "/overrides", 0o700) == 0)
        try state.write(text, to: "overrides/x.yaml")
        #expect(FileOwner.files(in: StateFolder(state.path)).isEmpty)
    }
}
