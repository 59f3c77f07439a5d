import TestSupport
import Testing

@testable import PortrunBase

/// Which branch counts while HEAD is on none.
@Suite(.timeLimit(.minutes(30)))
struct DetachedHeadTests {
    @Test func isNamedByItsFolder() throws {
        let sandbox = try GitSandbox()
        try sandbox.makeClone("app")
        try sandbox.git("worktree", "add", "-q", "--detach", "../review 1", in: "app")
        let context = try sandbox.context(of: "review 1")
        #expect(context.identity.hasSuffix("myapp.git:review 1"))
        #expect(context.label == "myapp/review-1")
        #expect(context.branch == nil)
    }

    @Test(arguments: ["--merge", "--apply"])
    func keepsTheBranchBeingRebased(with backend: String) throws {
        let sandbox = try GitSandbox()
        try makeConflict(sandbox)
        let before = try sandbox.context(of: "app")
        #expect(sandbox.ask(["rebase", backend, "main"], in: "app").status == 1)
        #expect(sandbox.ask(["symbolic-ref", "-q", "HEAD"], in: "app").status == 1)
        #expect(try sandbox.context(of: "app") == before)
        try sandbox.git("rebase", "--abort", in: "app")
        #expect(try sandbox.context(of: "app") == before)
    }

    @Test func keepsTheBranchBeingRebasedInALinkedWorktree() throws {
        let sandbox = try GitSandbox()
        try makeConflict(sandbox)
        try sandbox.git("checkout", "-q", "main", in: "app")
        try sandbox.git("worktree", "add", "-q", "../tree", "topic/one", in: "app")
        #expect(sandbox.ask(["rebase", "main"], in: "tree").status == 1)
        #expect(try sandbox.context(of: "tree").branch == "topic/one")
        #expect(try sandbox.context(of: "app").branch == "main")
    }

    @Test func hasNoBranchWhenADetachedHeadIsRebased() throws {
        let sandbox = try GitSandbox()
        try makeConflict(sandbox)
        try sandbox.git("checkout", "-q", "--detach", in: "app")
        #expect(sandbox.ask(["rebase", "main"], in: "app").status == 1)
        #expect(try sandbox.context(of: "app").branch == nil)
    }

    @Test func followsACheckoutInMidRebase() throws {
        let sandbox = try GitSandbox()
        try makeConflict(sandbox)
        #expect(sandbox.ask(["rebase", "main"], in: "app").status == 1)
        try sandbox.git("checkout", "-q", "-f", "-b", "away", in: "app")
        #expect(try sandbox.context(of: "app").branch == "away")
    }

    @Test(arguments: [false, true])
    func keepsTheBranchBeingBisected(detachedBefore: Bool) throws {
        let sandbox = try GitSandbox()
        try sandbox.makeClone("app")
        try sandbox.git("checkout", "-q", "-b", "topic/one", in: "app")
        for _ in 1...4 { try sandbox.git("commit", "-q", "--allow-empty", "-m", "next", in: "app") }
        if detachedBefore { try sandbox.git("checkout", "-q", "--detach", in: "app") }
        let before = try sandbox.context(of: "app")
        try sandbox.git("bisect", "start", "HEAD", "HEAD~4", in: "app")
        #expect(sandbox.ask(["symbolic-ref", "-q", "HEAD"], in: "app").status == 1)
        #expect(before.branch == (detachedBefore ? nil : "topic/one"))
        #expect(try sandbox.context(of: "app") == before)
    }

    /// A clone `app` on `topic/one`, whose commit conflicts with one on `main`.
    private func makeConflict(_ sandbox: GitSandbox) throws {
        try sandbox.makeClone("app")
        for (branch, text) in [("topic/one", "one\n"), ("main", "two\n")] {
            if branch != "main" { try sandbox.git("checkout", "-q", "-b", branch, in: "app") }
            if branch == "main" { try sandbox.git("checkout", "-q", branch, in: "app") }
            try sandbox.write("app/file", text)
            try sandbox.git("add", "file", in: "app")
            try sandbox.git("commit", "-q", "-m", branch, in: "app")
        }
        try sandbox.git("checkout", "-q", "topic/one", in: "app")
    }
}
