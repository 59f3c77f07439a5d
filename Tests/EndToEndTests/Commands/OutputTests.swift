import PortrunBase
import PortrunLaunch
import Testing

/// Standard output that does not take what is printed.
@Suite(.timeLimit(.minutes(30)))
struct OutputTests {
    @Test(arguments: [
        "get web", "get web -q", "book web --json", "list", "list --format ports", "check 80", "find", "export",
        "context", "config", "gc", "init bash", "--help", "get --help", "--version",
        "--generate-completion-script bash",
    ])
    func isAFailure(_ line: String) throws {
        let scratch = try Scratch()
        _ = try scratch.run([Program.portrun, "book", "web"])
        // It is closed, open for reading alone, or a full disk.
        let places =
            [(">&-", EBADF), ("1</dev/null", EBADF)] + (access("/dev/full", F_OK) == 0 ? [(">/dev/full", ENOSPC)] : [])
        for (place, code) in places {
            #expect(
                try scratch.shell("\"$LAUNCHER\" \(line) \(place)")
                    == .failed(
                        125, "portrun: error: cannot write to standard output: \(String(cString: strerror(code)))\n"),
                "\(place)")
        }
    }

    @Test func aReaderThatHasGoneIsNone() throws {
        let outcome = try Scratch().shell(
            """
            mkfifo gone
            { read line <gone; trap '' PIPE; "$LAUNCHER" list --help; echo $? >&2; } | { exec <&-; echo >gone; }
            """)
        #expect(outcome == Outcome(ending: .exited(0), output: "", errors: "0\n"))
    }
}
