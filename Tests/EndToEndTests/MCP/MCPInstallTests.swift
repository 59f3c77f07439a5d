import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct MCPInstallTests {
    let project: Project

    init() throws { project = try Project() }

    static let files = [
        ("claude", ".mcp.json"), ("codex", ".codex/config.toml"), ("cursor", ".cursor/mcp.json"),
        ("vscode", ".vscode/mcp.json"),
    ]

    @Test(arguments: files)
    func writesWhatItPrints(_ client: String, _ file: String) throws {
        let printed = try project.run("mcp", "install", "--client", client)
        #expect(printed.ending == .exited(0))
        #expect(printed.errors == "portrun: `\(file)` takes this; `--write` puts it there\n")
        #expect(access(project.scratch.project + "/" + file, F_OK) != 0)
        let write = ["mcp", "install", "--client", client, "--write"]
        #expect(
            try project.run(write) == Outcome(ending: .exited(0), output: "", errors: "portrun: `\(file)` written\n"))
        #expect(try project.scratch.read(file) == printed.output)
        #expect(
            try project.run(write)
                == Outcome(ending: .exited(0), output: "", errors: "portrun: `\(file)` stays as it is\n"))
        #expect(try project.run("mcp", "install", "--client", client, "-q") == .printed(printed.output))
    }

    /// The guide shows, for each client, what is printed.
    @Test(arguments: files)
    func theGuideHasIt(_ client: String, _ file: String) throws {
        let guide = try Checkout.text("docs/mcp.md")
        let text = try project.run("mcp", "install", "--client", client).output
        let block = text.split(separator: "\n").map { "    \($0)\n" }.joined()
        #expect(guide.contains("`\(file)`") && guide.contains("\n\n\(block)\n"), "\(block)")
    }

    @Test func keepsTheOldFile() throws {
        let old = "{\n  // mine\n  \"servers\": {\n    \"a\": {}\n  }\n}\n"
        try project.scratch.write(old, to: ".vscode/mcp.json")
        _ = try project.run("mcp", "install", "--client", "vscode", "--write", "-q")
        #expect(try project.scratch.read(".vscode/mcp.json.bak") == old)
        let added =
            "    \"a\": {},\n    \"portrun\": { \"type\": \"stdio\", \"command\": \"portrun\", \"args\": [ \"mcp\" ] }\n"
        #expect(try project.scratch.read(".vscode/mcp.json") == old.replacing("    \"a\": {}\n", with: added))
    }

    @Test func aFileThatIsBrokenOrTakenStays() throws {
        try project.scratch.write("{\n", to: ".mcp.json")
        let broken = try project.run("mcp", "install", "--client", "claude", "--write")
        #expect(broken.ending == .exited(125) && broken.errors.contains("`.mcp.json`:2: "))
        #expect(try project.scratch.read(".mcp.json") == "{\n")
        let other = "{\"mcpServers\": {\"portrun\": {\"command\": \"x\"}}}"
        try project.scratch.write(other, to: ".mcp.json")
        let taken = try project.run("mcp", "install", "--client", "claude", "--write")
        #expect(taken.ending == .exited(125) && taken.errors.contains("has another `portrun`"))
        #expect(try project.scratch.read(".mcp.json") == other)
    }

    /// A link of the project's is no word of the user's.
    @Test func noLinkLeadsOut() throws {
        try project.scratch.write("{}", to: "../victim.json")
        _ = try project.scratch.shell("ln -s ../victim.json .mcp.json; mkdir ../victims; ln -s ../victims .cursor")
        for client in ["claude", "cursor"] {
            let outcome = try project.run("mcp", "install", "--client", client, "--write")
            #expect(outcome.ending == .exited(125), "\(outcome)")
        }
        #expect(try project.scratch.read("../victim.json") == "{}")
        #expect(FileSystem.names(in: project.scratch.path + "/victims") == [])
    }

    @Test(arguments: [[], ["--client", "emacs"]])
    func wantsAClientThatItKnows(_ words: [String]) throws {
        let outcome = try project.run(["mcp", "install"] + words)
        #expect(outcome.ending == .exited(64) && outcome.errors.contains("--client"))
    }
}
