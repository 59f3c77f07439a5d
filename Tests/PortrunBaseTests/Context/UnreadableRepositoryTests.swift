import TestSupport
import Testing

@testable import PortrunBase

/// Repositories that git refuses, or that only another git than the installed one can read.
@Suite(.timeLimit(.minutes(30)))
struct UnreadableRepositoryTests {
    @Test(.enabled(if: makesReftable(), "git makes no reftable before 2.45"))
    func readsReftable() throws {
        let sandbox = try GitSandbox()
        try sandbox.makeFolder("app")
        try sandbox.git("init", "-q", "--ref-format=reftable", in: "app")
        try sandbox.git("commit", "-q", "--allow-empty", "-m", "first", in: "app")
        try sandbox.git("checkout", "-q", "-b", "topic", in: "app")
        #expect(try sandbox.context(of: "app").branch == "topic")
    }

    @Test func leavesOtherStorageOfReferencesToGit() throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeRepository("app")
        try sandbox.append("[core]\n\trepositoryFormatVersion = 1\n", to: "app/.git/config")
        try sandbox.append("[extensions]\n\trefStorage = reftable\n", to: "app/.git/config")
        #expect(throws: NeedsGit.format("extensions.refstorage")) {
            try GitCheckout.read(from: app, home: nil, environment: sandbox.environment, Look())
        }
        try sandbox.write(
            "bin/git",
            """
            #!/bin/sh
            case "$*" in
            *--show-toplevel*) printf '%s\\n' '\(app)' '\(app)/.git' '.git' ;;
            *"-q HEAD") echo refs/heads/topic/one ;;
            *"get-url origin") echo https://example.org/myapp.git ;;
            *for-each-ref*) echo topic/one ;;
            *) exit 1 ;;
            esac
            """)
        chmod(sandbox.path("bin/git"), 0o755)
        sandbox.environment.set("PATH", to: sandbox.path("bin"))
        let context = try sandbox.context(of: "app")
        #expect(context.identity == "https://example.org/myapp.git:topic/one")
        #expect(context.repository == "\(app)/.git")
        #expect(sandbox.branches(of: "\(app)/.git").state(of: "topic") == .gone)
    }

    @Test(arguments: ["app/.git/config", "home/.gitconfig"])
    func countsAsAFolderWithAWarningWhenGitRefusesIt(_ file: String) throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeClone("app")
        try sandbox.append("[broken\n", to: file)
        let context = try sandbox.context(of: "app")
        #expect(context.identity == app)
        #expect(
            context.warnings.map(\.text) == [
                "git does not tell the branch of `\(app)`, so it counts as a folder outside git; `git status` says why"
            ])
    }

    @Test func countsAsAFolderWithAWarningWhenItsRepositoryIsGone() throws {
        let sandbox = try GitSandbox()
        try sandbox.makeClone("app")
        try sandbox.git("worktree", "add", "-q", "-b", "topic", "../tree", in: "app")
        rename(sandbox.path("app"), sandbox.path("moved"))
        let context = try sandbox.context(of: "tree")
        #expect(context.identity == sandbox.path("tree"))
        #expect(context.warnings.count == 1)
    }

    @Test func runsNoGitFromARelativePath() throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeClone("app")
        try sandbox.write("app/git", "#!/bin/sh\n: > '\(app)/was-run'\n")
        chmod("\(app)/git", 0o755)
        sandbox.environment.set("GIT_DIR", to: ".git")
        sandbox.environment.set("PATH", to: ".:")
        #expect(try sandbox.context(of: "app").warnings.count == 1)
        #expect(FileSystem.kind(of: "\(app)/was-run") == nil)
    }

    @Test func countsAsAFolderWithAWarningWhenGitIsNeededButMissing() throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeClone("app")
        sandbox.environment.set("GIT_DIR", to: "\(app)/.git")
        sandbox.environment.set("PATH", to: sandbox.path("nowhere"))
        let context = try sandbox.context(of: "app")
        #expect(context.identity == app)
        #expect(context.warnings.count == 1)
    }

    private static func makesReftable() -> Bool {
        guard let sandbox = try? GitSandbox() else { return false }
        return sandbox.ask(["init", "-q", "--ref-format=reftable", "app"], in: "").status == 0
    }
}
