import TestSupport
import Testing

@testable import PortrunBase

/// Repositories that came in an archive: all that is in `.git` is a stranger's.
@Suite(.timeLimit(.minutes(30)))
struct HostileRepositoryTests {
    /// A partial clone whose branch points to an object that is not there, which git would fetch, in a shape that portrun
    /// leaves to git.
    @Test(arguments: [
        "[core]\n sshCommand = \"RUN\"\n[remote \"origin\"]\n url = ssh://nowhere/x\n",
        "[core]\n gitProxy = PROXY\n[remote \"origin\"]\n url = git://nowhere/x\n",
        "[protocol \"ext\"]\n allow = always\n[remote \"origin\"]\n url = \"ext::PROXY %S x\"\n",
        "[remote \"origin\"]\n url = HERE\n uploadpack = \"RUN; git-upload-pack\"\n",
        "[core]\n fsmonitor = PROXY\n hooksPath = HERE\n pager = PROXY\n[alias]\n rev-parse = \"!RUN\"\n",
    ])
    func runNothing(_ configuration: String) throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeRepository("app")
        try sandbox.write("proxy", "#!/bin/sh\n: >'\(sandbox.path("ran"))'\n")
        chmod(sandbox.path("proxy"), 0o755)
        try sandbox.git("branch", "-m", "feature", in: "app")
        unlink("\(app)/.git/HEAD")
        symlink("refs/heads/feature", "\(app)/.git/HEAD")
        try sandbox.write("app/.git/refs/heads/main", "1234567890123456789012345678901234567890\n")
        var text = configuration
        for (name, value) in [
            ("RUN", ": >'\(sandbox.path("ran"))'; false"), ("PROXY", sandbox.path("proxy")), ("HERE", app),
        ] {
            text = text.replacing(name, with: value)
        }
        try sandbox.write(
            "app/.git/config",
            "[core]\n repositoryformatversion = 1\n[extensions]\n partialClone = origin\n[remote \"origin\"]\n promisor = true\n"
                + text)
        let context = try sandbox.context(of: "app")
        #expect(context.branch == "feature")
        #expect(context.warnings == [])
        _ = sandbox.branches(of: "\(app)/.git").state(of: "main")
        #expect(FileSystem.kind(of: sandbox.path("ran")) == nil)
    }

    /// Of which no command of a repository's can come, nor anything that is fetched.
    @Test func tellsGitToBeCareful() throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeRepository("app")
        try sandbox.write(
            "bin/git",
            "#!/bin/sh\n{ echo \"$*\"; env; } >>'\(sandbox.path("log"))'\nexec \(try #require(Self.git)) \"$@\"\n")
        chmod(sandbox.path("bin/git"), 0o755)
        sandbox.environment.set("PATH", to: sandbox.path("bin") + ":" + (sandbox.environment["PATH"] ?? ""))
        #expect(try #require(GitCheckout.ask(from: app, environment: sandbox.environment)).branch == "main")
        let log = String(decoding: try FileSystem.read(sandbox.path("log")), as: UTF8.self)
        for line in ["GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0"] {
            #expect(log.split(separator: "\n").contains(Substring(line)))
        }
        #expect(!log.contains("safe.directory"))
    }

    /// git would wait for them, or read them for ever.
    @Test(arguments: ["config", "HEAD", "packed-refs", "config.worktree", "more"], ["FIFO", "device", "endless"])
    func waitForNothing(_ name: String, _ kind: String) throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeRepository("app")
        try sandbox.git("branch", "-m", "feature", in: "app")
        try sandbox.git("config", "extensions.worktreeConfig", "true", in: "app")
        if name == "more" { try sandbox.git("config", "include.path", "more", in: "app") }
        let path = "\(app)/.git/\(name)"
        unlink(path)
        switch kind {
        case "FIFO": try #require(mkfifo(path, 0o600) == 0)
        case "device": try #require(symlink("/dev/zero", path) == 0)
        case _:
            try sandbox.write(path, "")
            try #require(truncate(path, 1 << 30) == 0)
        }
        let start = MonotonicClock.milliseconds()
        let context = try sandbox.context(of: "app")
        // git is asked where HEAD is a link, and gets its time.
        #expect(MonotonicClock.milliseconds() - start < 60_000)
        #expect(context.identity == app)
        #expect(context.warnings.count == 1)
    }

    @Test func readsNoEndOfIncludes() throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeRepository("app")
        for depth in 0..<9 {
            let text = (0..<9).map { "[include]\n path = f\(depth + 1)-\($0)\n" }.joined()
            for number in 0..<9 { try sandbox.write("app/.git/f\(depth)-\(number)", text) }
        }
        try sandbox.append("[include]\n path = f0-0\n", to: "app/.git/config")
        #expect(throws: NeedsGit.self) {
            try GitCheckout.read(from: app, home: sandbox.home, environment: sandbox.environment, Look())
        }
        #expect(try sandbox.context(of: "app").warnings.count == 1)
    }

    /// git tries what follows each of them twice.
    @Test func asksNotAboutPatternsThatGitWorksOnForLong() throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeRepository("app")
        func excess() -> NeedsGit? {
            do throws(NeedsGit) {
                try GitCheckout.measure(from: app, home: sandbox.home, environment: sandbox.environment)
                return nil
            } catch {
                return error
            }
        }
        try sandbox.append("[includeIf \"gitdir:~/**/work/**/[ab]/\"]\n path = x\n", to: "app/.git/config")
        #expect(excess() == nil)
        let pattern = String(repeating: "**/", count: 24)
        try sandbox.append("[includeIf \"gitdir:/\(pattern)[x]\"]\n path = x\n", to: "app/.git/config")
        #expect(excess() == .endless(path: "\(app)/.git/config"))
        #expect(try sandbox.context(of: "app").warnings.count == 1)
    }

    @Test func looksForTheUrlOfARemoteInLinearTime() throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeRepository("app")
        try sandbox.git("remote", "add", "origin", "x:y", in: "app")
        let rules = (0..<10_000).map { "[url \"u\($0)\"]\n insteadOf = n\($0)\n" }.joined()
        try sandbox.append(rules + "[url \"u\"]\n insteadOf = x\n", to: "app/.git/config")
        let read = try GitCheckout.read(from: app, home: sandbox.home, environment: sandbox.environment, Look())
        #expect(try #require(read).origin == "u:y")
    }

    /// Hundreds of megabytes would be made of them.
    @Test(arguments: [
        ("config", "[branch \"a\"]\n x = 1\n", "more than 2 MiB"),
        ("config", "[remote \"origin\"]\na\n", "more than 100000 values, with aliases and bases written out"),
        ("more", "[branch \"a\"]\n x = 1\n", "more than 2 MiB"),
        ("packed-refs", "1234567890123456789012345678901234567890 refs/heads/x\n", "more than 2 MiB"),
    ])
    func saysWhatIsTooMuch(_ name: String, _ line: String, _ much: String) throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeRepository("app")
        try sandbox.git("branch", "-m", "feature", in: "app")
        if name == "more" { try sandbox.git("config", "include.path", "more", in: "app") }
        let count = (much.hasSuffix("MiB") ? 3 << 20 : 9 << 17) / line.utf8.count
        let lines = name == "config" && !much.hasSuffix("MiB") ? line + String(repeating: "a\n", count: 110_000) : nil
        try sandbox.write("app/.git/\(name)", lines ?? String(repeating: line, count: count))
        let context = try sandbox.context(of: "app")
        #expect(context.identity == app)
        // A machine that is busy may come to the end of the time first.
        #expect(
            [much, "more than 100 ms of work"].contains { much in
                context.warnings == [
                    Warning(
                        file: ".git/\(name)", "\(much) in this project, so `\(app)` counts as a folder outside git")
                ]
            }, "\(context.warnings)")
    }

    /// git would take hundreds of megabytes for them.
    @Test(arguments: ["", "HEAD"])
    func gitIsNotAskedToReadMore(_ link: String) throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeRepository("app")
        if !link.isEmpty {
            unlink("\(app)/.git/HEAD")
            symlink("refs/heads/main", "\(app)/.git/HEAD")
        }
        let includes = "[includeIf \"gitdir:/[a]\"]\n path = big\n[include]\n path = ~nobody/x\n"
        try sandbox.append(
            includes + String(repeating: "[include]\n path = big\n", count: 10), to: "app/.git/config")
        try sandbox.write("app/.git/big", String(repeating: "[branch \"a\"]\n x = 1\n", count: 20_000))
        try sandbox.write("bin/git", "#!/bin/sh\n: >'\(sandbox.path("ran"))'\n")
        chmod(sandbox.path("bin/git"), 0o755)
        sandbox.environment.set("PATH", to: sandbox.path("bin"))
        #expect(try sandbox.context(of: "app").warnings.first?.message.hasPrefix("more than ") == true)
        #expect(FileSystem.kind(of: sandbox.path("ran")) == nil)
    }

    /// As a repository has it that has seen many years.
    @Test func findsOneOfManyReferences() throws {
        let sandbox = try GitSandbox()
        let app = try sandbox.makeRepository("app")
        try sandbox.git("branch", "-m", "feature", in: "app")
        let object = try sandbox.git("rev-parse", "HEAD", in: "app")
        let names = (0..<40_000).map { "refs/heads/a\($0)" } + ["refs/heads/main", "refs/heads/zoo"]
        let lines = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { "\(object) \($0)\n^\(object)\n" }
        try sandbox.write(
            "app/.git/packed-refs", "# pack-refs with: peeled fully-peeled sorted \n" + lines.joined())
        let references = GitReferences(commonDirectory: "\(app)/.git", Look(.ofPrompt))
        for name in ["main", "zoo", "a0", "a9999", "a25000"] { #expect(try references.hasBranch(name)) }
        for name in ["mai", "main2", "zo", "zz", "A", "a", "a40000"] { #expect(try !references.hasBranch(name)) }
        #expect(try GitReferences(commonDirectory: "\(app)/.git", Look()).packedBranches().count == names.count)
        #expect(try sandbox.context(of: "app").warnings == [])
    }

    private static var git: String? {
        let files = (Environment.ofTests["PATH"] ?? "").split(separator: ":").map { String($0) + "/git" }
        return files.first { access($0, X_OK) == 0 }
    }
}
