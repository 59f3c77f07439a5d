import TestSupport
import Testing

@testable import PortrunBase

@Suite(.timeLimit(.minutes(30)))
struct ContextResolverTests {
    @Test func namesCloneByOriginAndBranch() throws {
        let sandbox = try GitSandbox()
        try sandbox.makeRepository("checkout")
        try sandbox.git("remote", "add", "origin", "git@example.org:team/myapp.git", in: "checkout")
        try sandbox.git("checkout", "-q", "-b", "feature/auth", in: "checkout")
        let context = try sandbox.context(of: "checkout")
        #expect(context.identity == "git@example.org:team/myapp.git:feature/auth")
        #expect(context.hash == "faf5a1a55e2a")
        #expect(context.label == "myapp/feature-auth")
        #expect(context.app == "myapp" && context.instance == "feature-auth")
        #expect(context.branch == "feature/auth")
        #expect(context.repository == sandbox.path("checkout/.git"))
        #expect(context.folder == "")
        #expect(
            context.json.text == """
                {
                  "hash": "faf5a1a55e2a",
                  "label": "myapp/feature-auth",
                  "path": "\(sandbox.path("checkout"))",
                  "remote": "git@example.org:team/myapp.git",
                  "branch": "feature/auth",
                  "app": "myapp",
                  "instance": "feature-auth"
                }
                """)
    }

    @Test func namesRepositoryWithoutOriginByItsRoot() throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeRepository("app")
        try sandbox.git("remote", "add", "upstream", "https://example.org/other.git", in: "app")
        try sandbox.git("worktree", "add", "-q", "-b", "topic", "../tree", in: "app")
        let main = try sandbox.context(of: "app")
        #expect(main.identity == "\(app):main")
        #expect(main.label == "app/main")
        let tree = try sandbox.context(of: "tree")
        #expect(tree.identity == "\(sandbox.path("tree")):topic")
        #expect(tree.label == "app/topic")
        #expect(tree.repository == main.repository)
    }

    @Test func keepsTheSubfolder() throws {
        let sandbox = try GitSandbox()
        try sandbox.makeRepository("app")
        try sandbox.makeFolder("app/apps/web")
        #expect(try sandbox.context(of: "app/apps/web").folder == "apps/web")
    }

    @Test func isMainOnlyInTheMainWorktreeOnTheDefaultBranch() throws {
        let sandbox = try GitSandbox()
        try sandbox.makeClone("app")
        #expect(try sandbox.context(of: "app").isMain)
        try sandbox.git("checkout", "-q", "-b", "topic", in: "app")
        #expect(try !sandbox.context(of: "app").isMain)
        try sandbox.git("worktree", "add", "-q", "../tree", "main", in: "app")
        #expect(try !sandbox.context(of: "tree").isMain)
    }

    @Test(
        arguments: [
            (["main", "master"], nil, "main"), (["master"], nil, "master"),
            (["trunk", "main"], "trunk", "trunk"),
            (["main"], "trunk", "main"),
        ] as [([String], String?, String)])
    func guessesTheDefaultBranch(among branches: [String], configured: String?, expected: String) throws {
        let sandbox = try GitSandbox()
        try sandbox.makeFolder("app")
        try sandbox.git("init", "-q", "-b", "start", in: "app")
        try sandbox.git("commit", "-q", "--allow-empty", "-m", "first", in: "app")
        for branch in branches { try sandbox.git("branch", branch, in: "app") }
        try sandbox.git("pack-refs", "--all", in: "app")
        try sandbox.write("home/.gitconfig", configured.map { "[init]\n\tdefaultBranch = \($0)\n" } ?? "")
        for branch in branches {
            try sandbox.git("symbolic-ref", "HEAD", "refs/heads/\(branch)", in: "app")
            #expect(try sandbox.context(of: "app").isMain == (branch == expected))
        }
    }

    @Test func findsTheSameWithoutGitInPath() throws {
        let sandbox = try GitSandbox()
        try sandbox.makeClone("app")
        try sandbox.git("worktree", "add", "-q", "-b", "topic", "../tree", in: "app")
        let before = try ["app", "tree"].map { try sandbox.context(of: $0) }
        sandbox.environment.set("PATH", to: sandbox.path("nowhere"))
        #expect(try ["app", "tree"].map { try sandbox.context(of: $0) } == before)
        #expect(before.allSatisfy { $0.repository != nil })
    }

    @Test func findsTheSameThroughALink() throws {
        let sandbox = try GitSandbox()
        try sandbox.makeClone("app")
        symlink(sandbox.path("app"), sandbox.path("link"))
        #expect(try sandbox.context(of: "link") == sandbox.context(of: "app"))
    }

    @Test func keepsIdentityWhenTheFolderMoves() throws {
        let sandbox = try GitSandbox()
        let first = try sandbox.makeClone("app")
        let before = try sandbox.context(of: "app")
        rename(first, sandbox.path("moved"))
        let after = try sandbox.context(of: "moved")
        #expect(after.identity == before.identity)
        #expect(after.hash == before.hash)
        #expect(after.path == sandbox.path("moved"))
        #expect(!resolves(first, to: before, sandbox))
        symlink(sandbox.path("moved"), first)
        #expect(!resolves(first, to: before, sandbox))
    }

    @Test func tellsTwoClonesOnOneBranchApart() throws {
        let sandbox = try GitSandbox()
        let first = try sandbox.makeClone("app")
        try sandbox.git("clone", "-q", "app-origin/myapp.git", "second", in: "")
        let contexts = try ["app", "second"].map { try sandbox.context(of: $0) }
        #expect(contexts[0].identity == contexts[1].identity)
        #expect(resolves(first, to: contexts[1], sandbox))
        let qualified = contexts[1].qualifiedByPath()
        #expect(qualified.identity == "\(contexts[0].identity)@\(sandbox.path("second"))")
        #expect(qualified.hash != contexts[0].hash)
        #expect(!qualified.isMain)
        try sandbox.git("checkout", "-q", "-b", "topic", in: "app")
        #expect(!resolves(first, to: contexts[1], sandbox))
    }

    @Test func looksAtAnotherPathWithoutTheRepositoryOfTheEnvironment() throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeClone("app")
        let context = try sandbox.context(of: "app")
        sandbox.environment.set("GIT_DIR", to: sandbox.path("elsewhere/.git"))
        #expect(resolves(app, to: context, sandbox))
    }

    @Test func hidesThePasswordOfTheRemote() throws {
        let sandbox = try GitSandbox()
        try sandbox.makeRepository("app")
        try sandbox.git("remote", "add", "origin", "https://me:secret@example.org/myapp.git", in: "app")
        let context = try sandbox.context(of: "app")
        #expect(context.identity == "https://me:secret@example.org/myapp.git:main")
        #expect(context.remote == "https://example.org/myapp.git")
    }

    @Test func refusesAWorkingDirectoryThatIsGone() throws {
        let sandbox = try GitSandbox()
        #expect(throws: ContextError.unreachable(path: sandbox.path("gone"))) {
            try sandbox.context(of: "gone")
        }
    }

    private func resolves(_ path: String, to context: Context, _ sandbox: GitSandbox) -> Bool {
        ContextResolver.path(
            path, stillResolvesTo: context.identity, home: sandbox.home, environment: sandbox.environment)
    }
}
