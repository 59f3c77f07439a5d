import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct SkillCommandTests {
    let project: Project

    init() throws { project = try Project() }

    static let files = [".agents/skills/portrun/SKILL.md", ".claude/skills/portrun/SKILL.md"]

    private func told(_ lines: String...) -> Outcome {
        Outcome(ending: .exited(0), output: "", errors: lines.map { "portrun: \($0)\n" }.joined())
    }

    @Test func writesWhatItPrintsAndRemovesIt() throws {
        let text = try project.run("skill").output
        #expect(
            try project.run("skill", "install") == told("`\(Self.files[0])` written", "`\(Self.files[1])` written"))
        for file in Self.files { #expect(try project.scratch.read(file) == text) }
        #expect(
            try project.run("skill", "install")
                == told("`\(Self.files[0])` stays as it is", "`\(Self.files[1])` stays as it is"))
        try project.scratch.write("mine\n", to: ".claude/skills/mine/SKILL.md")
        #expect(
            try project.run("skill", "uninstall") == told("`\(Self.files[0])` removed", "`\(Self.files[1])` removed"))
        #expect(FileSystem.names(in: project.scratch.project) == [".claude"])
        #expect(try project.scratch.read(".claude/skills/mine/SKILL.md") == "mine\n")
    }

    @Test func keepsWhatSomebodyHasChanged() throws {
        try project.scratch.write("mine\n", to: Self.files[0])
        #expect(try project.run("skill", "uninstall").ending == .exited(1))
        #expect(try project.scratch.read(Self.files[0]) == "mine\n")
        #expect(try project.run("skill", "install", "-q") == .printed(""))
        #expect(try project.scratch.read(Self.files[0] + ".bak") == "mine\n")
    }

    @Test func aUserHasItForAllProjects() throws {
        #expect(try project.run("skill", "install", "--global", "-q") == .printed(""))
        for file in Self.files { #expect(access(project.scratch.home + "/" + file, F_OK) == 0) }
        #expect(FileSystem.names(in: project.scratch.project) == [])
        #expect(try project.run("skill", "uninstall", "--global", "-q") == .printed(""))
        #expect(FileSystem.names(in: project.scratch.home) == [])
    }

    /// A link of the project's is no word of the user's.
    @Test func noLinkLeadsOut() throws {
        _ = try project.scratch.shell("mkdir ../victims; ln -s ../victims .agents; ln -s .agents .claude")
        #expect(try project.run("skill", "install").ending == .exited(125))
        #expect(FileSystem.names(in: project.scratch.path + "/victims") == [])
    }

    @Test func bothFoldersMayBeOne() throws {
        _ = try project.scratch.shell("mkdir .agents; ln -s .agents .claude")
        #expect(
            try project.run("skill", "install")
                == told("`\(Self.files[0])` written", "`\(Self.files[1])` stays as it is"))
    }

    private static let judge = Checkout.root + "/.build/skills/bin/agentskills"

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: judge), "scripts/servers.sh installs its judge"))
    func isValid() throws {
        _ = try project.run("skill", "install")
        for file in Self.files {
            let folder = Path.parent(project.scratch.project + "/" + file)
            let outcome = try project.scratch.run([Self.judge, "validate", folder])
            #expect(outcome.ending == .exited(0), "\(outcome)")
        }
        #expect(try project.run("skill").output.split(separator: "\n").count < 500)
    }
}
