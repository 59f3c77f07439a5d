import TestSupport

@testable import PortrunBase

extension RepositoryShape {
    /// Those that are left to git.
    static let unusual = [
        RepositoryShape("GIT_DIR and GIT_WORK_TREE") {
            let app = try $0.makeClone("app")
            try $0.makeFolder("elsewhere")
            $0.environment.set("GIT_DIR", to: "\(app)/.git")
            $0.environment.set("GIT_WORK_TREE", to: $0.path("elsewhere"))
            return $0.path("elsewhere")
        },
        RepositoryShape("GIT_DIR as hooks have it") {
            let app = try $0.makeClone("app")
            $0.environment.set("GIT_DIR", to: ".git")
            return app
        },
        RepositoryShape("GIT_DIR of another repository") {
            let other = try $0.makeRepository("other")
            let app = try $0.makeClone("app")
            $0.environment.set("GIT_DIR", to: "\(other)/.git")
            return app
        },
        RepositoryShape("configuration in the environment") {
            let app = try $0.makeClone("app")
            $0.environment.set("GIT_CONFIG_COUNT", to: "1")
            $0.environment.set("GIT_CONFIG_KEY_0", to: "url.ssh://example.org/.insteadOf")
            $0.environment.set("GIT_CONFIG_VALUE_0", to: "/")
            return app
        },
        RepositoryShape("condition on the url of a remote") {
            let app = try $0.makeClone("app")
            try $0.append(
                "[includeIf \"hasconfig:remote.*.url:/**\"]\n\tpath = more.conf\n", to: "home/.gitconfig")
            try $0.write("home/more.conf", "[url \"ssh://example.org/\"]\n\tinsteadOf = /\n")
            return app
        },
        RepositoryShape("condition with brackets") {
            let app = try $0.makeClone("app")
            try $0.append("[includeIf \"gitdir:[a-c]pp/\"]\n\tpath = more.conf\n", to: "home/.gitconfig")
            try $0.write("home/more.conf", "[url \"ssh://example.org/\"]\n\tinsteadOf = /\n")
            return app
        },
        RepositoryShape("condition on the path with a link that $PWD has") {
            let app = try $0.makeClone("app")
            symlink(app, $0.path("link"))
            $0.environment.set("PWD", to: $0.path("link"))
            try $0.append(
                "[includeIf \"gitdir:\($0.path("link"))/\"]\n\tpath = more.conf\n", to: "home/.gitconfig")
            try $0.write("home/more.conf", "[url \"ssh://example.org/\"]\n\tinsteadOf = /\n")
            return app
        },
        RepositoryShape("core.worktree elsewhere") {
            let app = try $0.makeClone("app")
            try $0.makeFolder("elsewhere")
            try $0.git("config", "core.worktree", $0.path("elsewhere"), in: "app")
            return app
        },
        RepositoryShape("remote in a file of its own") {
            let app = try $0.makeRepository("app")
            try $0.write("app/.git/remotes/origin", "URL: https://example.org/old.git\n")
            return app
        },
        RepositoryShape("HEAD as a link") {
            let app = try $0.makeRepository("app")
            unlink("\(app)/.git/HEAD")
            symlink("refs/heads/main", "\(app)/.git/HEAD")
            return app
        },
        RepositoryShape("unknown extension in version 0") {
            let app = try $0.makeClone("app")
            try $0.git("config", "extensions.unheard", "of", in: "app")
            return app
        },
    ]

    /// Those with a repository around but no worktree.
    static let withoutWorktree = [
        RepositoryShape("bare repository") {
            try $0.makeClone("app")
            return $0.path("app-origin/myapp.git")
        },
        RepositoryShape("inside .git") { try $0.makeClone("app") + "/.git/objects" },
        RepositoryShape("core.bare beside .git") {
            let app = try $0.makeClone("app")
            try $0.git("config", "core.bare", "true", in: "app")
            return app
        },
        RepositoryShape("outside of any") {
            try $0.makeFolder("plain")
            return $0.path("plain")
        },
        RepositoryShape("ceiling between the folder and its repository") {
            let app = try $0.makeClone("app")
            try $0.makeFolder("app/deep/folder")
            $0.environment.set("GIT_CEILING_DIRECTORIES", to: "\(app)/deep")
            return $0.path("app/deep/folder")
        },
        RepositoryShape("ceiling at the root of the repository, through a link") {
            let app = try $0.makeClone("app")
            try $0.makeFolder("app/deep")
            symlink(app, $0.path("link"))
            $0.environment.set("GIT_CEILING_DIRECTORIES", to: $0.path("link"))
            return $0.path("app/deep")
        },
    ]
}
