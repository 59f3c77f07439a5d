import TestSupport
import Testing

@testable import PortrunBase

/// Repositories of another user's, which git refuses (`safe.directory`) lest it run a stranger's commands.
@Suite(.timeLimit(.minutes(30)), .enabled(if: getuid() == 0, "only root can give a folder away"))
struct ForeignRepositoryTests {
    /// Read by portrun itself, and through git.
    @Test(arguments: [false, true], ["app", "app/.git"])
    func countsAsAFolder(throughGit: Bool, _ given: String) throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeClone("app")
        if throughGit { sandbox.environment.set("GIT_CONFIG_COUNT", to: "0") }
        let before = try sandbox.context(of: "app")
        #expect(before.branch == "main" && before.remote != nil)
        try give(sandbox.path(given), in: sandbox)
        #expect(sandbox.ask(["rev-parse", "--show-toplevel"], in: "app").status == 128)
        let context = try sandbox.context(of: "app")
        #expect(context.identity == app)
        #expect(context.branch == nil)
        #expect(context.warnings.count == 1)
    }

    @Test(arguments: ["*", "PATH"], ["home/.gitconfig", "system"])
    func isReadByThoseWhoTrustIt(_ trusted: String, _ file: String) throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeClone("app")
        let before = try sandbox.context(of: "app")
        try give(app, in: sandbox)
        sandbox.environment.remove("GIT_CONFIG_NOSYSTEM")
        try sandbox.write("system", "")
        sandbox.environment.set("GIT_CONFIG_SYSTEM", to: sandbox.path("system"))
        try sandbox.append("[safe]\n\tdirectory = \(trusted == "PATH" ? app : trusted)\n", to: file)
        #expect(try sandbox.context(of: "app") == before)
        #expect(sandbox.branches(of: "\(app)/.git").state(of: "gone") == .gone)
    }

    /// A repository cannot say of itself that it is to be trusted.
    @Test func isNotTrustedForItsOwnConfiguration() throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeClone("app")
        try sandbox.git("config", "safe.directory", "*", in: "app")
        try give(app, in: sandbox)
        #expect(try sandbox.context(of: "app").branch == nil)
    }

    @Test(arguments: [
        ("12345", true), ("", false), ("12346", false), ("12345x", false), ("x", false),
        ("99999999999999999999", false),
    ])
    func belongsToTheUserWhoBecameRoot(_ user: String, isOwn: Bool) throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeClone("app")
        let before = try sandbox.context(of: "app")
        try give(app, in: sandbox)
        sandbox.environment.set("SUDO_UID", to: user)
        #expect((sandbox.ask(["rev-parse", "--show-toplevel"], in: "app").status == 0) == isOwn)
        #expect((try sandbox.context(of: "app") == before) == isOwn)
        let read = try? GitCheckout.read(from: app, home: sandbox.home, environment: sandbox.environment, Look())
        #expect((read != nil) == isOwn)
    }

    @Test func keepsItsBranches() throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeClone("app")
        #expect(sandbox.branches(of: "\(app)/.git").state(of: "gone") == .gone)
        try give(app, in: sandbox)
        #expect(sandbox.branches(of: "\(app)/.git").state(of: "gone") == .unknown)
    }

    @Test func isNoWorktreeOfAMainOne() throws {
        let sandbox = try GitSandbox()
        try sandbox.makeClone("app")
        try sandbox.git("worktree", "add", "-q", "-b", "topic", "../tree", in: "app")
        #expect(ContextResolver.mainWorktree(beside: sandbox.request("tree")) != nil)
        try give(sandbox.path("tree"), in: sandbox)
        #expect(ContextResolver.mainWorktree(beside: sandbox.request("tree")) == nil)
        try sandbox.append("[safe]\n\tdirectory = *\n", to: "home/.gitconfig")
        #expect(ContextResolver.mainWorktree(beside: sandbox.request("tree")) != nil)
    }

    private func give(_ path: String, in sandbox: GitSandbox) throws {
        try #require(ChildProcess.run(["chown", "-R", "12345", path], environment: sandbox.environment).status == 0)
    }
}
