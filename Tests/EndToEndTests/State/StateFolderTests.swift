import PortrunBase
import PortrunLaunch
import Testing

/// A registry, and folders beside it, that another user may change.
@Suite(.timeLimit(.minutes(30)))
struct StateFolderTests {
    let project: Project
    var scratch: Scratch { project.scratch }

    init() throws { project = try Project() }

    private static let commands = ["-- true", "export", "get web", "book db", "status", "list", "gc", "write e A=web"]

    @Test(arguments: commands)
    func aFolderThatOthersMayWriteToIsRefused(_ line: String) throws {
        chmod(scratch.path, 0o1777)
        let before = FileSystem.names(in: scratch.path)?.sorted()
        #expect(
            try project.run(line.split(separator: " ").map(String.init))
                == refused("other users may write to `\(scratch.path)`, which belongs to \(own) (mode 1777)"))
        #expect(FileSystem.names(in: scratch.path)?.sorted() == before)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"), arguments: ["", "/registry.sqlite"])
    func whatBelongsToAnotherIsRefused(_ name: String) throws {
        let path = scratch.path + name
        chown(path, 4242, 4242)
        for line in Self.commands {
            let outcome = try project.run(line.split(separator: " ").map(String.init))
            #expect(outcome.ending == .exited(125) && outcome.output.isEmpty)
            let message = "`\(path)` belongs to another user, 4242, who may change what portrun keeps there"
            #expect(outcome.errors.hasPrefix("portrun: error: \(message)\nportrun: hint: "), "\(line): \(outcome)")
        }
    }

    /// What leads `PATH`, or what node or compose load, is nobody else's.
    @Test(arguments: [
        ("shims", "run -- true"), ("preload", "run -- npm run dev"), ("overrides", "export"),
        ("overrides", "run -- docker compose up"),
    ])
    func aFolderBesideItIsRefusedWhereItIsNeeded(_ part: String, _ line: String) throws {
        let port = project.outside
        try scratch.writeProgram("#!/bin/sh\necho 'Docker Compose version v2.30.0'\n", to: "bin/docker")
        try scratch.write("services: {db: {image: x, ports: ['\(port):1']}}\n", to: "compose.yaml")
        try scratch.write("{\"scripts\": {\"dev\": \"vite & vite\"}}\n", to: "package.json")
        let variables = ["PATH=\(scratch.project)/bin:/usr/bin:/bin"]
        for (service, port) in [("db", port), ("web", 5173)] { try project.take(port, for: service) }
        #expect(try project.run(["--context", "first", "--", "true"], variables).ending == .exited(0))
        let folder = "\(scratch.path)/\(part)"
        _ = try scratch.shell("rm -rf '\(folder)'; mkdir '\(folder)'; chmod 777 '\(folder)'")
        let words = line.split(separator: " ").map(String.init)
        #expect(
            try project.run(words, variables)
                == refused("other users may write to `\(folder)`, which belongs to \(own) (mode 777)", at: folder))
        #expect(FileSystem.names(in: folder) == [])
        #expect(try project.run("get", "web", "-q").ending == .exited(0), "it needs none of them")
    }

    /// Left from when others could write there: they may have it open, or under another name.
    @Test(.enabled(if: geteuid() == 0, "only root can give files away"), arguments: ["preload", "overrides"])
    func aFileOfAnothersIsReplaced(_ part: String) throws {
        let port = project.outside
        try scratch.write("services: {db: {image: x, ports: ['\(port):1']}}\n", to: "compose.yaml")
        try scratch.write("{\"scripts\": {\"dev\": \"vite & vite\"}}\n", to: "package.json")
        try scratch.writeProgram("#!/bin/sh\n", to: "bin/npm")
        let variables = ["PATH=\(scratch.project)/bin:/usr/bin:/bin"]
        for (service, port) in [("db", port), ("web", 5173)] { try project.take(port, for: service) }
        let lines = ["--context first -- true", "export", "-q -- npm run dev"].map {
            $0.split(separator: " ").map(String.init)
        }
        for words in lines { #expect(try project.run(words, variables).ending == .exited(0)) }
        let folder = "\(scratch.path)/\(part)"
        let file = try #require(FileSystem.names(in: folder)?.first.map { "\(folder)/\($0)" })
        chown(file, 4242, 4242)
        for words in lines { #expect(try project.run(words, variables).ending == .exited(0)) }
        var status = stat()
        #expect(lstat(file, &status) == 0 && status.st_uid == 0)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give links away"))
    func aFolderBesideItIsNotReachedThroughAnothersLink() throws {
        let link = scratch.path + "/drafts"
        #expect(symlink(scratch.home, link) == 0 && lchown(link, 4242, 4242) == 0)
        let outcome = try project.run("write", "e", "A=web")
        #expect(outcome.ending == .exited(125))
        #expect(
            outcome.errors.hasPrefix(
                "portrun: error: `\(link)`, which leads to `\(scratch.home)`, is a link of another user's, 4242\n"),
            "\(outcome)")
    }

    /// The note says which engine a network is in, and never a program.
    @Test(
        arguments: [
            (#"["docker", "--context", "c"]"#, "own --context c network ls "),
            (#"["THEIRS/docker", "--context", "c"]"#, ""),
            (#"["docker", "--config", "x", "--context", "c"]"#, ""), (#"["THEIRS/evil"]"#, ""), (#"["evil"]"#, ""),
        ])
    func aNoteNamesNoProgram(_ words: String, _ run: String) throws {
        for name in ["docker", "evil"] {
            try scratch.writeProgram("#!/bin/sh\necho \"$0\" >>ran\n", to: "theirs/\(name)")
        }
        try scratch.writeProgram("#!/bin/sh\necho \"own $*\" >>ran\n", to: "bin/docker")
        let note = """
            # written by portrun for abcdefabcdef "/nowhere"
            \(words.replacing("THEIRS", with: "\(scratch.project)/theirs"))

            """
        _ = try scratch.shell(
            """
            cd "${PORTRUN_REGISTRY%/*}"; mkdir -m 700 networks; cat >networks/zz_portrun_x <<'END'
            \(note)END
            touch -d '2 minutes ago' networks/zz_portrun_x
            """)
        let outcome = try project.run(["gc"], ["PATH=\(scratch.project)/bin:/usr/bin:/bin"])
        #expect(outcome.ending == .exited(0), "\(outcome)")
        let ran = (try? scratch.read("ran")) ?? ""
        #expect(!ran.contains("theirs"))
        #expect(run.isEmpty ? ran.isEmpty : ran.hasPrefix(run), "\(ran)")
        // Nor is any note read where others may write one.
        _ = try scratch.shell("rm -f ran; chmod 777 \"${PORTRUN_REGISTRY%/*}/networks\"")
        _ = try project.run(["gc"], ["PATH=\(scratch.project)/bin:/usr/bin:/bin"])
        #expect(FileSystem.kind(of: scratch.project + "/ran") == nil)
    }

    private var own: String { UserName.of(geteuid()) }

    private func refused(_ message: String, at folder: String? = nil) -> Outcome {
        let folder = folder ?? scratch.path
        let isRoots = geteuid() == 0 && folder == scratch.path
        let hint =
            isRoots
            ? "name a file in a folder that only you may write to, with `--registry` or `PORTRUN_REGISTRY`"
            : folder == scratch.path ? "chmod go-w \(folder)" : "mv \(folder) \(folder).old"
        return .failed(125, "portrun: error: \(message)\nportrun: hint: \(hint)\n")
    }
}
