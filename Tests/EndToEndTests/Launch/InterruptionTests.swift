import PortrunBase
import PortrunLaunch
import Testing

/// A signal that asks portrun to end while it waits for the answer of another program.
@Suite(.timeLimit(.minutes(30)))
struct InterruptionTests {
    /// Writes its pid, and then takes no notice of anything.
    private static let hanging = """
        #!/bin/sh
        trap '' TERM INT HUP QUIT
        echo $$ >"$HOME/pid.new" && mv "$HOME/pid.new" "$HOME/pid"
        while :; do sleep 600; done
        """

    @Test(
        "It ends at once, and git with it",
        arguments: [["--", "true"], ["run", "--exec", "--", "true"], ["export"], ["status"]], [SIGTERM, SIGINT, SIGHUP])
    func endsWithGit(_ words: [String], _ signal: Int32) throws {
        let scratch = try Scratch()
        try scratch.writeProgram(Self.hanging, to: "bin/git")
        // A shape that only git reads.
        try scratch.write("ref: refs/heads/main\n", to: ".git/HEAD")
        try scratch.write("[includeIf \"gitdir:[a]\"]\n path = x\n", to: ".git/config")
        for folder in ["objects", "refs"] { try scratch.write("", to: ".git/\(folder)/x") }
        try endsAtOnce(scratch, words, signal)
    }

    /// Its child waits at the gate then, and never runs.
    @Test("It ends at once, and docker with it", arguments: [SIGTERM, SIGINT, SIGHUP])
    func endsWithDocker(_ signal: Int32) throws {
        let scratch = try Scratch()
        try scratch.writeProgram(Self.hanging, to: "bin/docker")
        // A port that has to move: docker is asked whether it understands how.
        let server = try Server(on: "0.0.0.0", in: scratch)
        defer { try? server.close() }
        try scratch.write("services: {a: {image: x, ports: ['\(server.port):80']}}\n", to: "compose.yaml")
        try endsAtOnce(scratch, ["--", "docker", "compose", "up"], signal)
        #expect(try Lease.all(in: scratch).isEmpty)
    }

    private func endsAtOnce(_ scratch: Scratch, _ words: [String], _ signal: Int32) throws {
        let path = scratch.home + "/pid"
        let program = try scratch.start(
            [Program.portrun] + words,
            environment: ["PATH=\(scratch.project)/bin:/usr/bin:/bin"]
                + scratch.environment.filter { !$0.hasPrefix("PATH=") })
        try Deadline.wait(for: "the other program") { FileSystem.kind(of: path) == .file || program.hasExited() }
        try #require(!program.hasExited())
        program.signal(signal)
        #expect(try program.finish().ending == .signalled(signal))
        let pid = try #require(Int32(String(decoding: FileSystem.read(path), as: UTF8.self).dropLast()))
        try Deadline.wait(for: "the end of the other program") { kill(-pid, 0) != 0 }
    }
}
