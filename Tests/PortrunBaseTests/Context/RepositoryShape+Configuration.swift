import TestSupport

@testable import PortrunBase

extension RepositoryShape {
    /// Remotes, and the ways of git's configuration to name them.
    static let configurations = [
        configured("no remote", remote: nil),
        configured(
            "other remote name", local: "[remote \"upstream\"]\n\turl = https://example.org/up.git\n",
            remote: nil),
        configured("other remote by default", local: "[checkout]\n\tdefaultRemote = upstream\n", remote: nil),
        configured(
            "fetch of origin for everyone", user: "[remote \"origin\"]\n\tfetch = +refs/pull/*:refs/pull/*\n"),
        configured(
            "fetch of origin for everyone, but no origin",
            user: "[remote \"origin\"]\n\tfetch = +refs/pull/*:refs/pull/*\n", remote: nil),
        configured(
            "url of origin for everyone too",
            user: "[remote \"origin\"]\n\turl = https://example.org/all.git\n"),
        configured("second url", local: "[remote \"origin\"]\n\turl = https://example.org/second.git\n"),
        configured(
            "old section syntax", local: "[remote.ORIGIN]\n\tURL = https://example.org/old.git\n", remote: nil
        ),
        configured(
            "section on one line", local: "[remote \"origin\"] url = https://example.org/one.git", remote: nil
        ),
        configured(
            "quotes, escapes, comments and continuation",
            local:
                "# note\n[remote \"o\\rigin\"] ; note\n  url = \"https://example.org/a b;c#d\"\\\n/e\\\\f  # note\n",
            remote: nil),
        configured(
            "carriage returns", local: "[remote \"origin\"]\r\n\turl = https://example.org/cr.git\r\n",
            remote: nil),
        RepositoryShape("byte order mark") {
            try $0.write("home/.gitconfig", "\u{FEFF}" + rewriting)
            return try clone($0)
        },
        configured("insteadOf", user: "[url \"git@example.org:\"]\n\tinsteadOf = https://example.org/\n"),
        configured(
            "longest insteadOf",
            user: "[url \"a:\"]\n\tinsteadOf = https://\n[url \"b:\"]\n\tinsteadOf = https://example.org/\n"
                + "[url \"c:\"]\n\tinsteadOf = https://exam\n"),
        configured(
            "same insteadOf twice",
            user: "[url \"a:\"]\n\tinsteadOf = x:\n[url \"b:\"]\n\tinsteadOf = https://\n"
                + "[url \"a:\"]\n\tinsteadOf = https://\n"),
        configured(
            "pushInsteadOf", user: "[url \"git@example.org:\"]\n\tpushInsteadOf = https://example.org/\n"),
        configured("include", user: "[include]\n\tpath = more.conf\n", rewrite: "home/more.conf"),
        configured(
            "include at home", user: "[include]\n\tpath = ~/sub/more.conf\n", rewrite: "home/sub/more.conf"),
        configured(
            "include in the repository", local: "[include]\n\tpath = ../more.conf\n", rewrite: "app/more.conf"
        ),
        configured("include of what is missing", user: "[include]\n\tpath = nowhere.conf\n"),
        conditional("gitdir:~/../"), conditional("gitdir:app/"), conditional("gitdir:app"),
        conditional("gitdir:.git"),
        conditional("gitdir:*pp/.git"), conditional("gitdir:./../app/"), conditional("gitdir:**/app/**"),
        conditional("gitdir:/**/.git"), conditional("gitdir:/*/.git"), conditional("gitdir/i:APP/"),
        conditional("gitdir:APP/"), conditional("gitdir:a?p/.git"), conditional("gitdir:a\\\\pp/.git"),
        conditional("onbranch:main"), conditional("onbranch:m*"), conditional("onbranch:feature/"),
        conditional("onbranch:**/main"), conditional("unheard:of"),
        RepositoryShape("configuration in XDG_CONFIG_HOME") {
            $0.environment.set("XDG_CONFIG_HOME", to: $0.path("settings"))
            try $0.write("settings/git/config", rewriting)
            return try clone($0)
        },
        RepositoryShape("configuration in the default place of XDG") {
            try $0.write("home/.config/git/config", rewriting)
            return try clone($0)
        },
        RepositoryShape("GIT_CONFIG_GLOBAL") {
            $0.environment.set("GIT_CONFIG_GLOBAL", to: $0.path("global.conf"))
            try $0.write("global.conf", rewriting)
            return try clone($0)
        },
        RepositoryShape("GIT_CONFIG_GLOBAL without a file") {
            let app = try clone($0)
            try $0.append(rewriting, to: "home/.gitconfig")
            $0.environment.set("GIT_CONFIG_GLOBAL", to: "/dev/null")
            return app
        },
        RepositoryShape("GIT_CONFIG_SYSTEM") {
            $0.environment.remove("GIT_CONFIG_NOSYSTEM")
            $0.environment.set("GIT_CONFIG_SYSTEM", to: $0.path("system.conf"))
            try $0.write("system.conf", rewriting)
            return try clone($0)
        },
    ]

    private static let rewriting = "[url \"git@example.org:\"]\n\tinsteadOf = https://example.org/\n"

    private static func clone(_ sandbox: GitSandbox) throws -> String {
        try sandbox.makeRepository("app")
        try sandbox.git("remote", "add", "origin", "https://example.org/team/myapp.git", in: "app")
        return sandbox.path("app")
    }

    /// - Parameters:
    ///   - user: added to `~/.gitconfig`.
    ///   - local: added to the configuration of the repository.
    ///   - rewrite: a file to make that has an `insteadOf`.
    private static func configured(
        _ description: String, user: String = "", local: String = "",
        remote: String? = "https://example.org/team/myapp.git", rewrite: String? = nil
    ) -> RepositoryShape {
        RepositoryShape(description) {
            try $0.makeRepository("app")
            if let remote { try $0.git("remote", "add", "origin", remote, in: "app") }
            try $0.append(user, to: "home/.gitconfig")
            try $0.append(local, to: "app/.git/config")
            if let rewrite { try $0.write(rewrite, rewriting) }
            return $0.path("app")
        }
    }

    private static func conditional(_ condition: String) -> RepositoryShape {
        configured(
            "includeIf \(condition)", user: "[includeIf \"\(condition)\"]\n\tpath = more.conf\n",
            rewrite: "home/more.conf")
    }
}
