import Testing

@testable import PortrunCore

@Suite(.timeLimit(.minutes(10)))
struct GitBranchesTests {
    @Test(arguments: [false, true])
    func followsABranch(packed: Bool) throws {
        let sandbox = try GitSandbox()
        let common = try sandbox.makeClone("app") + "/.git"
        try sandbox.git("branch", "topic/one", in: "app")
        try sandbox.git("branch", "topic/one-more", in: "app")
        if packed { try sandbox.git("pack-refs", "--all", in: "app") }
        #expect(state("topic/one", common, sandbox) == .exists)
        #expect(state("topic", common, sandbox) == .gone)
        #expect(state("one", common, sandbox) == .gone)
        try sandbox.git("branch", "-D", "topic/one", in: "app")
        #expect(state("topic/one", common, sandbox) == .gone)
        #expect(state("topic/one-more", common, sandbox) == .exists)
    }

    @Test func isUnknownWithoutTheRepository() throws {
        let sandbox = try GitSandbox()
        #expect(state("main", sandbox.path("gone/.git"), sandbox) == .unknown)
        try sandbox.makeFolder("empty/.git")
        #expect(state("main", sandbox.path("empty/.git"), sandbox) == .unknown)
    }

    @Test func existsWhileAWorktreeIsAboutToMakeIt() throws {
        let sandbox = try GitSandbox()
        let common = try sandbox.makeClone("app") + "/.git"
        try sandbox.git("worktree", "add", "-q", "--detach", "../tree", in: "app")
        try sandbox.git("checkout", "-q", "--orphan", "unborn", in: "tree")
        #expect(state("unborn", common, sandbox) == .exists)
        #expect(state("other", common, sandbox) == .gone)
    }

    @Test func asksGitAboutWhatItCannotRead() throws {
        let sandbox = try GitSandbox()
        let common = try sandbox.makeClone("app") + "/.git"
        try sandbox.git("config", "extensions.unheard", "of", in: "app")
        sandbox.environment.set("GIT_DIR", to: "/nowhere")
        #expect(state("main", common, sandbox) == .exists)
        #expect(state("topic", common, sandbox) == .gone)
        sandbox.environment.set("PATH", to: sandbox.path("nowhere"))
        #expect(state("topic", common, sandbox) == .unknown)
    }

    private func state(_ branch: String, _ repository: String, _ sandbox: GitSandbox) -> GitBranchState {
        sandbox.branches(of: repository).state(of: branch)
    }
}
