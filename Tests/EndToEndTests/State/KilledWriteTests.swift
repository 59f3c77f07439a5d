import PortrunBase
import PortrunLaunch
import Testing

/// A `portrun write` that is killed while it writes.
@Suite(.timeLimit(.minutes(30)))
struct KilledWriteTests {
    let project: Project
    var scratch: Scratch { project.scratch }

    init() throws { project = try Project() }

    /// A limit of the file's size kills it in the middle of the first write that is larger: setrlimit(2), SIGXFSZ.
    @Test(arguments: ["file.txt", "new.txt"])
    func leavesTheFileAsItWasAndNothingBeside(_ name: String) throws {
        try scratch.write("old\n", to: "file.txt")
        try scratch.write("{port}\n" + String(repeating: "x", count: 2 << 20), to: "file.in")
        _ = try project.run("get", "web")
        let outcome = try scratch.shell(
            "ulimit -c 0; ulimit -f 2048; \"$LAUNCHER\" write --no-backup --template file.in \(name); echo $?; ls -A; cat file.txt"
        )
        #expect(outcome.output == "\(128 + SIGXFSZ)\nfile.in\nfile.txt\nold\n", "\(outcome)")
        #expect(FileSystem.names(in: scratch.path + "/drafts") == [])
    }

    /// Where the file system knows no files without a name.
    @Test func whatOneLeftTheNextRemoves() throws {
        let outcome = try scratch.shell(
            """
            true & dead=$!; wait $dead
            touch -d '2 minutes ago' .e.1.$dead .e.bak.2.$dead .f.1.$dead .e.x.$dead; echo A=1 >e
            "$LAUNCHER" write -q e A=web; ls -A | sed "s/$dead/PID/"
            """)
        #expect(outcome == .printed(".e.x.PID\n.f.1.PID\ne\ne.bak\n"), "\(outcome)")
    }
}
