import PortrunBase
import PortrunLaunch
import Testing

/// A registry that can be read and not written.
@Suite(.timeLimit(.minutes(30)), .enabled(if: OwnMounts.areAllowed, "needs to be allowed to mount"))
struct ReadOnlyRegistryTests {

    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func isReadAndALaunchSaysOneLine() throws {
        let outcome = try onDisk(
            """
            mount -o remount,ro disk
            for words in list "status --json" config "get web -q" find "context --json"; do
                "$LAUNCHER" $words >/dev/null || echo "$words: $?"
            done
            "$LAUNCHER" -- true; echo "launch: $?"; "$LAUNCHER" book other; echo "book: $?"
            """)
        let line = """
            portrun: error: the registry `\(registry)` is read-only
            portrun: hint: name another file with `--registry` or `PORTRUN_REGISTRY`

            """
        #expect(outcome.output == "launch: 125\nbook: 125\n", "\(outcome)")
        #expect(outcome.errors == line + line)
    }

    @Test func allowSaysWhatItCannotKeep() throws {
        let outcome = try onDisk("mount -o remount,ro disk; \"$LAUNCHER\" allow; echo $?")
        #expect(
            outcome
                == Outcome(
                    ending: .exited(0), output: "125\n",
                    errors: """
                        portrun: error: cannot keep what you said of this checkout: `\(scratch.project)/disk/allowed`: \
                        Read-only file system
                        portrun: hint: `portrun doctor` tells what keeps portrun's folder from being written

                        """))
    }

    @Test(arguments: [
        ("mount -o remount,ro disk", "Read-only file system", "name a file on another disk with `PORTRUN_REGISTRY`"),
        ("cat /dev/zero >disk/filler 2>/dev/null", "No space left on device", "free some space"),
    ])
    func doctorSaysWhy(_ change: String, _ reason: String, _ step: String) throws {
        let outcome = try onDisk(
            "\"$LAUNCHER\" doctor; \(change); PATH=/nowhere \"$LAUNCHER\" doctor; echo $?")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(lines.first == "no trouble found" && lines.last == "1", "\(outcome)")
        #expect(
            lines.dropFirst().first?.hasPrefix("read-only: nothing can be written to `\(scratch.project)/disk") == true
        )
        #expect(lines.dropFirst().first?.hasSuffix("`: \(reason)") == true, "\(outcome)")
        #expect(lines.contains("  next: \(step)"))
    }

    @Test(.enabled(if: OtherUser.asNobody != nil, "needs root and setpriv"), arguments: ["500", "700"])
    func doctorMissesTheRightToWrite(_ mode: String) throws {
        let nobody = try #require(OtherUser.asNobody)
        let environment = [
            "HOME=\(scratch.home)", "PORTRUN_REGISTRY=\(scratch.home)/s/registry.sqlite", "PATH=/nowhere",
        ]
        _ = try scratch.shell("chown -R 65534:65534 . \"$HOME\"")
        #expect(
            try scratch.run(nobody + [Program.portrun, "get", "web", "-q"], environment: environment).ending
                == .exited(0))
        _ = try scratch.shell("chmod \(mode) \"$HOME/s\"; chmod 400 \"$HOME\"/s/registry.sqlite*")
        let outcome = try scratch.run(nobody + [Program.portrun, "doctor"], environment: environment)
        let file = scratch.home + "/s/registry.sqlite"
        #expect(
            outcome
                == Outcome(
                    ending: .exited(1),
                    output: """
                        read-only: nothing can be written to `\(file)`: Permission denied
                          next: chmod u+w '\(file)', or name a file of your own with `PORTRUN_REGISTRY`

                        """, errors: ""))
    }

    private var registry: String { scratch.project + "/disk/registry.sqlite" }

    /// Runs a script beside `disk`, a file system of its own with a registry that has a booking.
    private func onDisk(_ script: String) throws -> Outcome {
        try scratch.run(
            [
                "/usr/bin/unshare", "-m", "/bin/sh", "-c",
                """
                mkdir -m 700 disk; mount -t tmpfs -o size=256k,mode=700 none disk; "$LAUNCHER" book web -q >/dev/null
                \(script)
                """,
            ], environment: scratch.shellEnvironment + ["PORTRUN_REGISTRY=\(registry)"])
    }
}
