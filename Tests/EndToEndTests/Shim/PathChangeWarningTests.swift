import PortrunBase
import Testing

/// Commands in a linked worktree that do not find portrun in the place of a tool are told of before they start.
@Suite(.timeLimit(.minutes(30)))
struct PathChangeWarningTests {
    private let project: Project

    init() throws { project = try Project() }

    private static let effect = "so that `fuser` reaches what the main checkout has, past portrun: "
    private static let folders = "other folders come first in `PATH`, \(effect)put `PATH` in front of them"

    private static let cases: [(name: String, text: String, words: [String], warning: String?)] = [
        (
            "Makefile", "export PATH := /usr/bin:$(PATH)\nall:\n\t@: fuser -k 1/tcp\n", ["make"],
            "Makefile:1: other folders come first in `PATH`, \(effect)put `PATH` in front of them"
        ),
        (
            "Makefile", "all:\n\t@bash -lc ': fuser -k 1/tcp'\nother:\n\t@env -i fuser\n", ["make", "all"],
            "Makefile:2: `bash -lc` sets `PATH` anew, \(effect)leave `-l` out"
        ),
        (
            "run.sh", "#!/bin/sh\nenv -i true\n: fuser -k 1/tcp\n", ["./run.sh"],
            "run.sh:2: `env -i` drops `PATH`, \(effect)leave `-i` out"
        ),
        ("Makefile", "all:\n\t@bash -lc ': nothing'\n", ["make"], nil),
        (
            "Makefile", ".SHELLFLAGS := -lc\nall:\n\t@: fuser -k 1/tcp\n", ["make"],
            "Makefile:1: `.SHELLFLAGS` starts a login shell, which sets `PATH` anew, \(effect)leave `-l` out"
        ),
        (
            "package.json", #"{"scripts": {"a": "make b", "c": "PATH=/usr/bin:$PATH fuser -s 1/tcp || true"}}"#,
            ["npm", "-s", "run", "c"], "package.json:1: \(folders)"
        ),
        (
            "x", "", ["bash", "-lc", ": fuser -k 1/tcp"],
            "`bash -lc` sets `PATH` anew, \(effect)leave `-l` out"
        ),
    ]

    /// A script that the command's script calls, and what that one reads.
    @Test(
        .enabled(if: Program.find("fuser") != nil, "fuser is not installed"),
        arguments: [["make", "-s"], ["npm", "-s", "run", "up"], ["sh", "up.sh"], ["sh", "-c", "./up.sh"]])
    func areToldOfInWhatAScriptCalls(_ words: [String]) throws {
        try project.scratch.write("all:\n\t@./up.sh\nother:\n\t@env -i fuser\n", to: "Makefile")
        try project.scratch.write(
            """
            {
                "scripts": {
                    "up": "sh up.sh",
                    "other": "env -i fuser"
                }
            }
            """, to: "package.json")
        try project.scratch.write("cd . && ./down.sh\n", to: "up.sh")
        try project.scratch.write(". ./variables\n: fuser -k 1/tcp\n", to: "down.sh")
        try project.scratch.write("# nothing\nexport PATH=/usr/bin:$PATH\n", to: "variables")
        try #require(try project.scratch.shell("chmod +x up.sh down.sh") == .printed(""))
        try project.addWorktree()
        let outcome = try project.run(["run", "-C", "../feature", "--"] + words)
        #expect(outcome.errors == "portrun: warning: variables:2: \(Self.folders)\n", "\(outcome)")
    }

    @Test(.enabled(if: Program.find("fuser") != nil, "fuser is not installed"), arguments: cases.indices)
    func areToldOfWithTheirPlace(_ index: Int) throws {
        let (name, text, words, warning) = Self.cases[index]
        try project.scratch.write(text, to: name)
        if name.hasSuffix(".sh") { try #require(try project.scratch.shell("chmod +x run.sh") == .printed("")) }
        try project.addWorktree()
        let outcome = try project.run(["run", "-C", "../feature", "--"] + words)
        #expect(outcome.errors == (warning.map { "portrun: warning: \($0)\n" } ?? ""), "\(outcome)")
        // The main worktree's own is meant there.
        #expect(try project.run(["--"] + words).errors == "")
    }
}
