import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct GCCommandTests {
    let project: Project
    private let nothing = Outcome.printed("dropped 0 dead leases, 0 bookings\n")

    init() throws { project = try Project() }

    @Test(arguments: ["gc", "prune"])
    func dropsNothingThatLives(_ command: String) throws {
        _ = try project.run("book", "a")
        let (program, _) = try project.start()
        #expect(try project.run(command) == nothing)
        program.closeInput()
        #expect(try program.finish().ending == .exited(1))
    }

    @Test(arguments: ["gc", "prune"])
    func dropsABookingWhoseFolderIsGone(_ command: String) throws {
        try project.scratch.write("{}", to: "sub/package.json")
        #expect(
            try project.run("-C", "sub", "--", "/bin/sh", "-c", "echo $PORT") == .printed("\(project.web)\n"))
        try FileManager.default.removeItem(atPath: project.scratch.project + "/sub")
        let line = "sub web \(project.web): path is gone\n"
        #expect(
            try project.run(command, "--dry-run")
                == .printed("would drop \(line)would drop 0 dead leases, 1 booking\n"))
        #expect(try project.run(command) == .printed("dropped \(line)dropped 0 dead leases, 1 booking\n"))
        #expect(try project.run(command) == nothing)
    }

    @Test func dropsABookingWhoseBranchIsGone() throws {
        let git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"].joined(separator: " ")
        let outcome = try project.scratch.shell(
            """
            set -e
            git init -q -b main && \(git) commit -q --allow-empty -m first
            git checkout -q -b feature/x && "$LAUNCHER" book mail
            git checkout -q main && "$LAUNCHER" book mail
            git branch -q -D feature/x
            "$LAUNCHER" gc
            "$LAUNCHER" status --all | cut -f 1-3,5,6
            """)
        let first = project.first
        #expect(
            outcome
                == .printed(
                    """
                    mail \(first)
                    mail \(first + 1)
                    dropped project/feature-x mail \(first): branch is gone
                    dropped 0 dead leases, 1 booking
                    project/main\tmail\t\(first + 1)\t\tidle

                    """))
    }

    @Test func keepsWhatItCannotLookAt() throws {
        let outcome = try project.scratch.shell(
            """
            set -e
            mkdir -p above/below && "$LAUNCHER" book -C above/below mail
            mv above aside && ln -s above above
            "$LAUNCHER" gc
            rm above && ln -s aside above
            "$LAUNCHER" gc
            rm above
            "$LAUNCHER" gc -q; "$LAUNCHER" status --all
            """)
        let nothing = "dropped 0 dead leases, 0 bookings\n"
        #expect(outcome == .printed("mail \(project.first)\n\(nothing)\(nothing)"))
    }

    @Test func keepsABranchWhoseNameIsNoText() throws {
        let outcome = try project.scratch.shell(
            """
            set -e
            git="git -c user.name=a -c user.email=a@example.org"
            $git init -q -b main && $git commit -q --allow-empty -m first
            $git checkout -q -b "$(printf 'f\\377')" && "$LAUNCHER" book -q mail
            $git checkout -q main && "$LAUNCHER" gc
            """)
        #expect(outcome == .printed("\(project.first)\ndropped 0 dead leases, 0 bookings\n"))
    }

    @Test func noticesWhatHasGoneSinceTheLastTime() throws {
        let git = "git -c user.name=a -c user.email=a@example.org"
        let outcome = try project.scratch.shell(
            """
            set -e
            git init -q -b main main && cd main && \(git) commit -q --allow-empty -m first
            for name in one two; do git worktree add -q -b topic-$name ../$name; done
            git pack-refs --all
            for name in three four; do git worktree add -q -b topic-$name ../$name; done
            for name in one two three four; do "$LAUNCHER" book -C ../$name mail >/dev/null; done
            "$LAUNCHER" gc --dry-run && [ ! -e "$PORTRUN_REGISTRY.names" ]
            until grep -qs packed-refs "$PORTRUN_REGISTRY.names" && grep -q refs/heads "$PORTRUN_REGISTRY.names"; do
                "$LAUNCHER" gc -q
            done
            "$LAUNCHER" gc
            for name in two three; do git -C ../$name checkout -q --detach && git branch -q -D topic-$name; done
            rm -r ../four
            "$LAUNCHER" gc
            "$LAUNCHER" gc
            "$LAUNCHER" status --all | cut -f 1
            """)
        let first = project.first
        #expect(
            outcome
                == .printed(
                    """
                    would drop 0 dead leases, 0 bookings
                    dropped 0 dead leases, 0 bookings
                    dropped main/topic-four mail \(first + 3): path is gone
                    dropped main/topic-two mail \(first + 1): branch is gone
                    dropped main/topic-three mail \(first + 2): branch is gone
                    dropped 0 dead leases, 3 bookings
                    dropped 0 dead leases, 0 bookings
                    main/topic-one

                    """))
    }

    @Test func reapsTheLeaseOfADeadCommand() throws {
        let program = try project.scratch.start(
            [Program.portrun, "run", "--exec", "--", "/bin/sh", "-c", "echo ready $$; read line"])
        let pid = try program.number(after: "ready")
        program.closeInput()
        #expect(try program.finish().ending == .exited(1))
        #expect(
            try project.run("gc")
                == .printed(
                    """
                    dropped lease of pid \(pid) (dead): /bin/sh -c echo ready $$; read line
                    dropped 1 dead lease, 0 bookings

                    """))
        #expect(try project.run("gc", "-q") == .printed(""))
    }

    @Test func saysWhyAsJSON() throws {
        let program = try project.scratch.start(
            [Program.portrun, "run", "api", "--ephemeral", "--exec", "--", "/bin/sh", "-c", "echo ready $$; read line"])
        let pid = try program.number(after: "ready")
        program.closeInput()
        _ = try program.finish()
        #expect(
            try project.run("gc", "--json")
                == .printed(
                    """
                    {
                      "leases": [
                        {
                          "pid": \(pid),
                          "command": "/bin/sh -c echo ready $$; read line"
                        }
                      ],
                      "bookings": [
                        {
                          "label": "project",
                          "service": "api",
                          "port": \(project.web),
                          "protocol": "tcp",
                          "reason": "its command ended"
                        }
                      ],
                      "kept": [],
                      "files": [],
                      "networks": []
                    }

                    """))
    }

    @Test func dropsTheFilesOfACheckoutThatIsGone() throws {
        let port = project.outside
        for folder in ["one", "two"] {
            try project.scratch.write(
                "services: {db: {image: x, container_name: c, ports: ['\(port):1']}}", to: folder + "/compose.yaml")
            try project.scratch.write("{}", to: folder + "/package.json")
        }
        _ = try project.run("book", "db", "--port", "\(port)", "-C", "one")
        #expect(try project.run("export", "-C", "two").ending == .exited(0))
        let files = FileOwner.files(in: StateFolder(project.scratch.path))
        let file = try #require(files.first)
        #expect(files.count == 1 && file.owner.folder.hasSuffix("/two"))
        #expect(try project.run("gc") == nothing)
        try FileManager.default.removeItem(atPath: project.scratch.project + "/two")
        let line = " \(file.path): path is gone\n"
        #expect(try project.run("gc", "--dry-run").output.contains("would drop" + line))
        #expect(FileOwner.files(in: StateFolder(project.scratch.path)).count == 1)
        let outcome = try project.run("gc")
        #expect(outcome.output.contains("dropped" + line) && outcome.output.hasSuffix(" 1 booking, 1 file\n"))
        #expect(FileOwner.files(in: StateFolder(project.scratch.path)).isEmpty)
        #expect(try project.run("gc") == nothing)
    }

    @Test func dropsWhatWasBeingWrittenByAProcessThatDied() throws {
        let outcome = try project.scratch.shell(
            """
            set -e
            cd "${PORTRUN_REGISTRY%/*}" && mkdir -m 700 -p overrides preload shims shims/0 drafts
            true & dead=$!; wait $dead
            touch overrides/.new.yaml.1.$dead
            touch -d '2 minutes ago' overrides/.a.yaml.1.$dead preload/.b.cjs.1.$dead overrides/.c.yaml.1.$$ \
                overrides/d.yaml drafts/..env.1.$dead .versions.1.$dead notes.$dead
            ln -s "$LAUNCHER" shims/0/.docker.1.$dead; touch -h -d '2 minutes ago' shims/0/.docker.1.$dead
            "$LAUNCHER" gc | sed "s/$dead/PID/"
            find overrides drafts shims -type f -o -type l | sort | sed "s/$dead/PID/; s/$$/OWN/"
            ls notes.*  | sed "s/$dead/PID/"
            """)
        let folder = project.scratch.path
        #expect(
            outcome
                == .printed(
                    """
                    dropped \(folder)/.versions.1.PID: its command ended
                    dropped \(folder)/shims/0/.docker.1.PID: its command ended
                    dropped \(folder)/overrides/.a.yaml.1.PID: its command ended
                    dropped \(folder)/preload/.b.cjs.1.PID: its command ended
                    dropped \(folder)/drafts/..env.1.PID: its command ended
                    dropped 0 dead leases, 0 bookings, 5 files
                    overrides/.c.yaml.1.OWN
                    overrides/.new.yaml.1.PID
                    overrides/d.yaml
                    notes.PID

                    """))
    }

    @Test func keepsFilesOfAnotherRegistrysCheckout() throws {
        let port = project.outside
        try project.scratch.write(
            "services: {db: {image: x, ports: ['\(port):1']}}", to: "two/compose.yaml")
        try project.take(port)
        #expect(try project.run("export", "-C", "two").ending == .exited(0))
        #expect(FileOwner.files(in: StateFolder(project.scratch.path)).count == 1)
        let other = project.scratch.path + "/other.sqlite"
        #expect(try project.run("gc", "--registry", other) == nothing)
        #expect(FileOwner.files(in: StateFolder(project.scratch.path)).count == 1)
    }

    @Test func saysForHowLongNothingWasUsed() throws {
        _ = try project.run("book", "a", "b")
        let old = try project.scratch.shell(
            """
            python3 - "$PORTRUN_REGISTRY" <<'END'
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1])
            database.execute("UPDATE bookings SET last_used = last_used - 3 * 86400 WHERE service = 'a'")
            database.execute("UPDATE contexts SET last_used = last_used - 3 * 86400")
            database.commit()
            END
            """)
        try #require(old.ending == .exited(0), "\(old)")
        #expect(
            try project.run("gc", "--stale", "1", "--dry-run")
                == .printed(
                    """
                    would drop project a \(project.first): not used for 1 day
                    would drop 0 dead leases, 1 booking

                    """))
        #expect(try project.run("gc", "--stale", "2").output.contains(": not used for 2 days\n"))
    }

    @Test func keepsWhatIsNotStale() throws {
        _ = try project.run("book", "a")
        #expect(try project.run("gc", "--stale", "30") == nothing)
        let refused = try project.run("gc", "--stale=-1")
        #expect(refused.ending == .exited(64))
        #expect(refused.errors.hasPrefix("portrun: error: the value `-1` is invalid for `--stale <days>`: not a "))
    }

    @Test(arguments: [("y", true), ("yes", true), ("n", false), ("", false)])
    func pruneAsksOnATerminal(_ answer: String, isDropped: Bool) throws {
        try project.scratch.write("{}", to: "sub/package.json")
        _ = try project.run("book", "web", "-C", "sub")
        try FileManager.default.removeItem(atPath: project.scratch.project + "/sub")
        let session = try project.scratch.startOnTerminal([Program.portrun, "prune"])
        try session.wait(for: "would drop 0 dead leases, 1 booking\r\nportrun: drop all of this? [y/N] ")
        session.type(answer + "\n")
        #expect(try session.finish() == .exited(isDropped ? 0 : 1))
        #expect(try project.run("status", "--all").output.isEmpty == isDropped)
    }
}
