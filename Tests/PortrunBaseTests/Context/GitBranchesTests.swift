import TestSupport
import Testing

@testable import PortrunBase

@Suite(.timeLimit(.minutes(30)))
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

    /// More than are read at once; each is looked up by itself.
    @Test(arguments: [true, false]) func findsBranchesAmongVeryMany(isSorted: Bool) throws {
        let sandbox = try GitSandbox()
        let common = try sandbox.makeClone("app") + "/.git"
        let object = try sandbox.git("rev-parse", "HEAD", in: "app")
        let count = GitReferences.wholeSize / (object.utf8.count + 20)
        let lines = (1_000_000..<(1_000_000 + count)).map { "\(object) refs/heads/a\($0)\n" }.joined()
        let mark = isSorted ? "sorted " : ""
        try sandbox.write(
            "app/.git/packed-refs",
            "# pack-refs with: peeled fully-peeled \(mark)\n\(lines)\(object) refs/heads/zz\n")
        #expect(try GitReferences(commonDirectory: common, Look()).packedBranches().count == 0)
        let branches = sandbox.branches(of: common)
        for name in ["a1000000", "a1050000", "zz"] {
            #expect(branches.state(of: name) == (isSorted ? .exists : .unknown))
        }
        for name in ["a0", "a2000000", "b"] { #expect(branches.state(of: name) == (isSorted ? .gone : .unknown)) }
    }

    @Test func noticesWhatIsPackedMeanwhile() throws {
        let sandbox = try GitSandbox()
        let common = try sandbox.makeClone("app") + "/.git"
        for name in ["one", "two"] { try sandbox.git("branch", name, in: "app") }
        let branches = sandbox.branches(of: common)
        #expect(branches.state(of: "one") == .exists)
        try sandbox.git("pack-refs", "--all", in: "app")
        #expect(branches.state(of: "two") == .exists)
    }

    /// It may be cached wrong, and this look is the one after which bookings are dropped.
    @Test func believesNoCacheThatABranchIsGone() throws {
        let sandbox = try GitSandbox()
        let common = try sandbox.makeClone("app") + "/.git"
        for name in ["packed", "other"] { try sandbox.git("branch", name, in: "app") }
        try sandbox.git("pack-refs", "--all", in: "app")
        for name in ["loose", "file"] { try sandbox.git("branch", name, in: "app") }
        func states() -> [GitBranchState] {
            let cache = NameCache(at: sandbox.path("names"), now: .max)
            let branches = GitBranches(
                of: common, environment: sandbox.environment, paths: PathLookup(cache: cache))
            defer { cache.save() }
            return ["packed", "other", "loose", "file", "gone"].map(branches.state)
        }
        let expected = [GitBranchState.exists, .exists, .exists, .exists, .gone]
        #expect(states() == expected)
        var bytes = try FileSystem.read(sandbox.path("names"))
        // Names are hashes; what else is not 0 in the file is at its start, or is a path, or a time.
        for word in stride(from: bytes.count % 8, to: bytes.count, by: 8).suffix(128) {
            bytes.replaceSubrange(word..<word + 8, with: [UInt8](repeating: 0, count: 8))
        }
        try FileSystem.replace(sandbox.path("names"), with: bytes)
        #expect(states() == expected)
    }

    @Test func doesNotJudgeWhatItCannotLookAt() throws {
        let sandbox = try GitSandbox()
        let common = try sandbox.makeClone("app") + "/.git"
        #expect(state("f\u{FFFD}", common, sandbox) == .unknown, "which may be any byte")
        try sandbox.git("checkout", "-q", "--detach", in: "app")
        #expect(rename(common + "/refs/heads", common + "/heads") == 0)
        #expect(symlink(common + "/refs/heads", common + "/refs/heads") == 0)
        #expect(state("main", common, sandbox) == .unknown)
    }

    private func state(_ branch: String, _ repository: String, _ sandbox: GitSandbox) -> GitBranchState {
        sandbox.branches(of: repository).state(of: branch)
    }
}
