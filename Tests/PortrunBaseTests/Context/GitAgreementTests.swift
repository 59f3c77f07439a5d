import TestSupport
import Testing

@testable import PortrunBase

/// The context of a checkout is what git itself says about it.
@Suite(.timeLimit(.minutes(30)))
struct GitAgreementTests {
    @Test(arguments: RepositoryShape.ordinary)
    func saysWhatGitSays(of shape: RepositoryShape) throws {
        let sandbox = try GitSandbox()
        let folder = try shape.make(sandbox)
        try expectAgreement(sandbox, folder)
    }

    @Test(arguments: RepositoryShape.ordinary)
    func readsWhatGitWouldAnswer(of shape: RepositoryShape) throws {
        let sandbox = try GitSandbox()
        let folder = try #require(FileSystem.resolved(try shape.make(sandbox)))
        let read = try GitCheckout.read(from: folder, home: sandbox.home, environment: sandbox.environment, Look())
        #expect(read != nil)
        #expect(read == GitCheckout.ask(from: folder, environment: sandbox.environment))
    }

    @Test(arguments: RepositoryShape.unusual)
    func asksGit(about shape: RepositoryShape) throws {
        let sandbox = try GitSandbox()
        let folder = try shape.make(sandbox)
        #expect(throws: NeedsGit.self) {
            try GitCheckout.read(from: folder, home: sandbox.home, environment: sandbox.environment, Look())
        }
        try expectAgreement(sandbox, folder)
    }

    @Test(arguments: RepositoryShape.withoutWorktree)
    func isOutsideGitWhereGitHasNoWorktree(_ shape: RepositoryShape) throws {
        let sandbox = try GitSandbox()
        let folder = try shape.make(sandbox)
        #expect(sandbox.ask(["rev-parse", "--show-toplevel"], in: folder).status == 128)
        let context = try sandbox.context(of: folder)
        #expect(context.identity == folder)
        #expect(context.repository == nil)
        #expect(context.warnings == [])
    }

    private func expectAgreement(_ sandbox: GitSandbox, _ folder: String) throws {
        let context = try sandbox.context(of: folder)
        #expect(try context.path == sandbox.git("rev-parse", "--show-toplevel", in: folder))
        let origin = sandbox.ask(["remote", "get-url", "origin"], in: folder)
        #expect(context.remote == (origin.status == 0 ? origin.text : nil))
        let head = sandbox.ask(["symbolic-ref", "-q", "HEAD"], in: folder)
        if head.status == 0 && head.text.hasPrefix("refs/heads/") {
            let branch = String(head.text.dropFirst("refs/heads/".count))
            #expect(context.branch == branch)
            #expect(context.identity == "\(context.remote ?? context.path):\(branch)")
        } else {
            #expect(context.branch == nil)
        }
        #expect(context.warnings == [])
    }
}
