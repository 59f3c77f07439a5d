import TestSupport
import Testing

@testable import PortrunBase

/// A kind of repository that a test makes with git.
struct RepositoryShape: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Makes the repository and gives back the working directory; may change the environment of the sandbox.
    let make: @Sendable (GitSandbox) throws -> String

    init(_ description: String, _ make: @escaping @Sendable (GitSandbox) throws -> String) {
        testDescription = description
        self.make = make
    }

    /// Those that portrun reads without starting git.
    static let ordinary = layouts + branches + heads + configurations

    private static let layouts = [
        RepositoryShape("plain clone") { try $0.makeClone("app") },
        RepositoryShape("subfolder") {
            try $0.makeClone("app")
            try $0.makeFolder("app/apps/web")
            return $0.path("app/apps/web")
        },
        RepositoryShape("linked worktree") {
            try $0.makeClone("app")
            try $0.git("worktree", "add", "-q", "-b", "feature/auth", "../elsewhere", in: "app")
            return $0.path("elsewhere")
        },
        RepositoryShape("subfolder of a linked worktree inside the main one") {
            try $0.makeClone("app")
            try $0.git("worktree", "add", "-q", "-b", "inner", "trees/inner", in: "app")
            try $0.makeFolder("app/trees/inner/deep/er")
            return $0.path("app/trees/inner/deep/er")
        },
        RepositoryShape("worktree of a bare repository") {
            try $0.makeClone("app")
            try $0.git("worktree", "add", "-q", "-b", "topic", "../../tree", in: "app-origin/myapp.git")
            return $0.path("tree")
        },
        RepositoryShape("worktree of a bare repository that is called as a worktree's") {
            try $0.makeClone("app")
            try $0.git("clone", "-q", "--bare", "app", "project/.git", in: "")
            try $0.git("worktree", "add", "-q", "-b", "topic", "../tree", in: "project/.git")
            return $0.path("project/tree")
        },
        RepositoryShape("worktree of a bare repository in a hidden folder") {
            try $0.makeClone("app")
            try $0.git("clone", "-q", "--bare", "app", "project/.bare", in: "")
            try $0.write("project/.git", "gitdir: ./.bare\n")
            try $0.git("worktree", "add", "-q", "main", in: "project")
            return $0.path("project/main")
        },
        RepositoryShape("worktree of a bare repository with worktree configuration") {
            try $0.makeClone("app")
            let bare = "app-origin/myapp.git"
            try $0.git("config", "extensions.worktreeConfig", "true", in: bare)
            try $0.git("config", "--unset", "core.bare", in: bare)
            try $0.write("\(bare)/config.worktree", "[core]\n\tbare = true\n")
            try $0.git("worktree", "add", "-q", "-b", "topic", "../../tree", in: bare)
            try $0.git("config", "--worktree", "remote.origin.url", "https://example.org/own.git", in: "tree")
            return $0.path("tree")
        },
        RepositoryShape("submodule") {
            try $0.makeClone("app")
            try $0.makeClone("library")
            try $0.git(
                "submodule", "--quiet", "add", $0.path("library-origin/myapp.git"), "vendor/library",
                in: "app")
            return $0.path("app/vendor/library")
        },
        RepositoryShape("submodule of a linked worktree") {
            try $0.makeClone("app")
            try $0.makeClone("library")
            try $0.git("worktree", "add", "-q", "-b", "topic", "../tree", in: "app")
            try $0.git("submodule", "--quiet", "add", $0.path("library-origin/myapp.git"), "lib", in: "tree")
            return $0.path("tree/lib")
        },
        RepositoryShape("nested repository") {
            try $0.makeClone("app")
            return try $0.makeRepository("app/nested/other")
        },
        RepositoryShape("separate git directory") {
            try $0.makeFolder("app")
            try $0.git("init", "-q", "--separate-git-dir", "../data.git", in: "app")
            return $0.path("app")
        },
        RepositoryShape("folder with an empty .git inside a repository") {
            try $0.makeClone("app")
            try $0.makeFolder("app/odd/.git")
            return $0.path("app/odd")
        },
        RepositoryShape("symlinked working directory") {
            try $0.makeClone("app")
            try $0.makeFolder("app/deep/folder")
            symlink($0.path("app/deep/folder"), $0.path("link"))
            return $0.root + "/link"
        },
        RepositoryShape("symlinked .git") {
            try $0.makeClone("app")
            rename($0.path("app/.git"), $0.path("moved.git"))
            symlink($0.path("moved.git"), $0.path("app/.git"))
            return $0.path("app")
        },
        RepositoryShape("moved folder") {
            try $0.makeClone("app")
            rename($0.path("app"), $0.path("renamed"))
            return $0.path("renamed")
        },
        RepositoryShape("path with spaces and non-ASCII letters") { try $0.makeClone("größe und 日本") },
        RepositoryShape("SHA-256 objects") {
            try $0.makeFolder("app")
            try $0.git("init", "-q", "--object-format=sha256", in: "app")
            try $0.git("commit", "-q", "--allow-empty", "-m", "first", in: "app")
            try $0.git("checkout", "-q", "--detach", in: "app")
            return $0.path("app")
        },
        RepositoryShape("ceiling above the repository") {
            $0.environment.set("GIT_CEILING_DIRECTORIES", to: "relative:\($0.root)/nowhere:\($0.root)")
            return try $0.makeClone("app")
        },
        RepositoryShape("ceiling at the working directory") {
            $0.environment.set("GIT_CEILING_DIRECTORIES", to: $0.path("app"))
            return try $0.makeClone("app")
        },
        RepositoryShape("search across file systems allowed") {
            $0.environment.set("GIT_DISCOVERY_ACROSS_FILESYSTEM", to: "yes")
            return try $0.makeClone("app")
        },
    ]

    private static let branches = [
        "feature/auth", "fix/deep/er", "größe/日本", "it's", "a#b", "rocket-🚀", "quo\"te", "a;b", "$(true)",
        "-x", "HEAD2",
        "e\u{301}t\u{E9}",
    ].map { branch in
        RepositoryShape("branch \(branch)") {
            try $0.makeClone("app")
            try $0.git("symbolic-ref", "HEAD", "refs/heads/\(branch)", in: "app")
            try $0.git("commit", "-q", "--allow-empty", "-m", "more", in: "app")
            return $0.path("app")
        }
    }

    private static let heads = [
        RepositoryShape("unborn branch") {
            try $0.makeFolder("app")
            try $0.git("init", "-q", "-b", "start", in: "app")
            return $0.path("app")
        },
        RepositoryShape("orphan branch in a clone") {
            try $0.makeClone("app")
            try $0.git("checkout", "-q", "--orphan", "new/root", in: "app")
            return $0.path("app")
        },
        RepositoryShape("detached HEAD") {
            try $0.makeClone("app")
            try $0.git("checkout", "-q", "--detach", in: "app")
            return $0.path("app")
        },
        RepositoryShape("reference that is no branch") {
            try $0.makeClone("app")
            try $0.git("symbolic-ref", "HEAD", "refs/remotes/origin/main", in: "app")
            return $0.path("app")
        },
        RepositoryShape("packed references") {
            try $0.makeClone("app")
            try $0.git("branch", "other", in: "app")
            try $0.git("pack-refs", "--all", in: "app")
            return $0.path("app")
        },
        RepositoryShape("packed references without origin") {
            try $0.makeRepository("app")
            try $0.git("checkout", "-q", "-b", "other", in: "app")
            try $0.git("pack-refs", "--all", in: "app")
            return $0.path("app")
        },
        RepositoryShape("tag with the name of the branch") {
            try $0.makeClone("app")
            try $0.git("tag", "main", in: "app")
            return $0.path("app")
        },
    ]
}
