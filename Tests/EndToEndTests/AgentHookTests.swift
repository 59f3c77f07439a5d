import Foundation
import PortrunBase
import Testing

/// The hooks of `Examples/agents` where a name is odd, a folder is somebody else's, or portrun is not installed.
@Suite(.timeLimit(.minutes(10)))
struct AgentHookTests {
    let scratch: Scratch
    private static let folder = Checkout.root + "/Examples/agents"
    private var main: String { scratch.project + "/my shop" }

    init() throws {
        scratch = try Scratch()
        let script = """
            git init -q -b main "$PWD/my shop" && cd "my shop"
            git config user.name Ada && git config user.email ada@example.com
            git commit -q --allow-empty -m start && git branch -q other && git branch -q -u other
            """
        try #require(try scratch.shell(script) == .printed(""))
    }

    /// Runs a hook on a machine without portrun.
    private func hook(_ name: String, _ key: String, _ value: String) throws -> Outcome {
        let message = String(decoding: try JSONEncoder().encode([key: value]), as: UTF8.self)
        try scratch.write(message, to: "message")
        return try scratch.shell(
            "'\(Self.folder)/hooks/\(name)' <message", environment: ["CLAUDE_PROJECT_DIR=\(main)"])
    }

    @Test(arguments: ["feat/x", "é", "q\"u", "x;touch${IFS}called", "@"])
    func makesAWorktreeOfAnyName(_ name: String) throws {
        for _ in 1...2 {
            let outcome = try hook("worktree-create", "name", name)
            #expect(outcome.ending == .exited(0) && outcome.output == "\(main)-\(name)\n", "\(outcome)")
        }
        let outcome = try hook("worktree-remove", "worktree_path", "\(main)-\(name)")
        #expect(outcome.ending == .exited(0), "\(outcome)")
        #expect(!FileManager.default.fileExists(atPath: "\(main)-\(name)"))
        #expect(Set(FileSystem.names(in: scratch.project) ?? []).isDisjoint(with: ["called"]))
    }

    /// What is no branch's name does nothing, and least of all what git has an option of that name for.
    @Test(arguments: ["", "a b", "../evil", "a\nb", "@{-1}", "--list", "--unset-upstream", "-D", "HEAD"])
    func refusesWhatIsNoName(_ name: String) throws {
        let outcome = try hook("worktree-create", "name", name)
        #expect(outcome.ending != .exited(0) && outcome.output == "", "\(outcome)")
        let left =
            "cd 'my shop' && git branch --format='%(refname:short) %(upstream:short)' && git worktree list | wc -l"
        #expect(try scratch.shell(left).output.filter { $0 != " " } == "mainother\nother\n1\n")
    }

    /// A folder that only has the name is not what an agent is sent to.
    @Test func leavesAnotherFolderAlone() throws {
        try scratch.write("theirs\n", to: "my shop-theirs/file")
        let outcome = try hook("worktree-create", "name", "theirs")
        #expect(
            outcome
                == .failed(1, "\(main)-theirs is there already, and no worktree of this project\n"))
        #expect(try hook("worktree-remove", "worktree_path", main + "-theirs").ending != .exited(0))
        #expect(try scratch.read("my shop-theirs/file") == "theirs\n")
        #expect(try scratch.shell("git -C 'my shop' branch --list theirs") == .printed(""))
    }

    /// Whoever clones a project that has them, and has no portrun, is not disturbed.
    @Test func areNothingWithoutPortrun() throws {
        let script = """
            import json, re, subprocess
            settings = json.load(open("\(Self.folder)/.claude/settings.json"))
            commands = [hook["command"] for events in settings["hooks"].values() for one in events for hook in one["hooks"]]
            text = open("\(Self.folder)/.codex/environments/environment.toml").read()
            commands += re.findall(r"script = '''(.*?)'''", text, re.S)
            commands.append("'\(Self.folder)/hooks/post-checkout' 0000 1111 1")
            print(len(commands))
            for command in commands:
                subprocess.run(["/bin/sh", "-c", command], check=True)
            """
        let outcome = try scratch.run(["/usr/bin/env", "python3", "-c", script])
        #expect(outcome == .printed("5\n"))
    }
}
