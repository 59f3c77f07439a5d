import PortrunBase
import PortrunLaunch
import Testing

/// Root with a user's `HOME`, as with `sudo -E`.
@Suite(.timeLimit(.minutes(30)), .enabled(if: OtherUser.asNobody != nil, "needs root and setpriv"))
struct RootInAUsersHomeTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write("services: {a: {image: x, ports: ['7000:1', '7000-7001:2-3']}}\n", to: "compose.yaml")
        try scratch.write("{\"scripts\": {\"dev\": \"vite & vite\"}}\n", to: "package.json")
        try scratch.write("PORT=1\n", to: "e")
        try scratch.writeProgram("#!/bin/sh\necho 'Docker Compose version v2.30.0'\n", to: "bin/docker")
        try scratch.writeProgram("#!/bin/sh\n", to: "bin/npm")
        _ = try scratch.shell("chown -R 65534:65534 . \"$HOME\"")
    }

    private static let launches = [
        ["book", "x", "--port", "5173", "--context", "other"], ["-q", "--", "true"], ["export"], ["get", "web"],
        ["-q", "--", "npm", "run", "dev"], ["status"], ["gc"],
        ["write", "-q", "e", "PORT=web"], ["write", "-q", "new", "PORT=web"],
    ]

    @Test(arguments: [true, false])
    func whatItMakesIsTheUsers(isFirst: Bool) throws {
        if !isFirst { #expect(try run(["get", "web", "-q"], asUser: true).ending == .exited(0)) }
        for words in Self.launches { _ = try run(words, asUser: false) }
        let found = try scratch.shell("find \"$HOME\" . -user 0")
        #expect(found == .printed(""))
        let made = try scratch.shell("cd \"$HOME\"/.local/state/portrun; ls; ls shims/*")
        for name in ["overrides", "preload", "registry.sqlite-shm", "registry.sqlite-wal", "docker"] {
            #expect(made.output.contains("\(name)\n"), "\(made)")
        }
        for words in Self.launches where words.last != "dev" {
            let outcome = try run(words, asUser: true)
            #expect(outcome.ending == .exited(0), "\(words): \(outcome)")
        }
    }

    /// Root is trusted, and its own folders in a home that is its own stay so.
    @Test func anotherUsersFolderElsewhereIsRefused() throws {
        let registry = scratch.project + "/registry.sqlite"
        let outcome = try scratch.run([Program.portrun, "get", "web", "--registry", registry])
        #expect(outcome.ending == .exited(0), "the folder is that of the owner of the home: \(outcome)")
        _ = try scratch.shell("chown 4242 .")
        let refused = try scratch.run([Program.portrun, "get", "web", "--registry", registry])
        #expect(refused.ending == .exited(125))
        #expect(refused.errors.hasPrefix("portrun: error: `\(scratch.project)` belongs to another user, 4242, "))
    }

    /// That user can change what is there, too.
    @Test func rootRunsNothingThatTheUserPutThere() throws {
        for words in Self.launches { _ = try run(words, asUser: true) }
        _ = try scratch.shell(
            """
            cd "$HOME/.local/state/portrun"
            for folder in shims/*; do ln -s /bin/false "$folder/env"; touch -d @"$(date +%s)" "$folder"; done
            for file in preload/*; do echo theirs >"$file"; done; chown -Rh 65534:65534 shims preload
            """)
        let outcome = try run(["--", "env"], asUser: false)
        #expect(
            outcome.ending == .exited(125) && outcome.errors.contains("/env` belongs to another user"), "\(outcome)")
        _ = try scratch.shell("rm \"$HOME\"/.local/state/portrun/shims/*/env")
        #expect(try run(["-q", "--", "npm", "run", "dev"], asUser: false).ending == .exited(0))
        // The one that node was told to load.
        let own = try scratch.shell("grep -rL theirs \"$HOME/.local/state/portrun/preload\"")
        #expect(own.output.hasSuffix(".cjs\n"), "\(own)")
    }

    /// Nor is a file of root's written through a link of that user's.
    @Test(arguments: ["link", "folder/own", "folder/new"])
    func rootWritesThroughNoLinkOfTheUsers(_ name: String) throws {
        _ = try scratch.shell(
            """
            mkdir root; echo A=1 >root/own; chown -R 0:0 root; ln -s root/own link; ln -s root folder
            chown -h 65534:65534 link folder
            """)
        let outcome = try run(["write", name, "A=2"], asUser: false)
        #expect(outcome.ending != .exited(0) && outcome.errors.contains("link of another user's"), "\(outcome)")
        #expect(try scratch.shell("cat root/*") == .printed("A=1\n"))
    }

    /// That user can put links and names in the folder, which lead root to files of its own.
    @Test(
        arguments: ["overrides", "shims", "registry.sqlite.lock", "registry.sqlite-wal", "registry.sqlite-journal"],
        [true, false])
    func rootIsLedToNothingOfItsOwn(_ name: String, isFirst: Bool) throws {
        let isFolder = !name.hasPrefix("registry")
        if !isFirst { #expect(try run(["get", "web", "-q"], asUser: true).ending == .exited(0)) }
        let target = isFolder ? "folder" : "file"
        // The other name, where no link is: only of the lock, for root's other files cannot have got one.
        let isSecondName = name.hasSuffix(".lock") && !isFirst
        _ = try scratch.shell(
            """
            mkdir -p "$HOME/.local/state/portrun" root/folder; echo root >root/file; chown -R 0:0 root
            chown 65534:65534 "$HOME/.local" "$HOME/.local/state" "$HOME/.local/state/portrun"
            chmod 700 "$HOME/.local/state/portrun"
            cd "$HOME/.local/state/portrun"; rm -rf \(name)
            ln \(isSecondName ? "" : "-s") "$OLDPWD/root/\(target)" \(name); chown -h 65534:65534 \(name)
            \(isSecondName ? "chown 0:0 \(name); rm -f registry.sqlite" : "")
            """)
        let outcomes = try Self.launches.map { try run($0, asUser: false) }
        #expect(
            try scratch.shell("cat root/file; ls root/folder; stat -c %u root/* | sort -u") == .printed("root\n0\n"))
        #expect(
            outcomes.contains { $0.errors.contains("portrun: error: `\(scratch.home)/.local/state/portrun/\(name)`") }
                || outcomes.contains { $0.errors.contains("`\(scratch.home)/.local/state/portrun/\(name)`") },
            "\(outcomes)")
    }

    private func run(_ words: [String], asUser: Bool) throws -> Outcome {
        let prefix = asUser ? try #require(OtherUser.asNobody) : []
        return try scratch.run(
            prefix + [Program.portrun] + words,
            environment: ["HOME=\(scratch.home)", "PATH=\(scratch.project)/bin:/usr/bin:/bin", "LC_ALL=C"])
    }
}
