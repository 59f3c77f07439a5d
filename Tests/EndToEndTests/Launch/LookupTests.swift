import PortrunBase
import PortrunLaunch
import Testing

/// The command is found as execvp(3) finds it.
@Suite(.timeLimit(.minutes(30)))
struct LookupTests {
    /// Files for the look-ups: programs that print their path, and things in their way.
    private func scratchWithPrograms() throws -> Scratch {
        let scratch = try Scratch()
        for folder in ["first", "second"] {
            try scratch.writeProgram("#!/bin/sh\necho \(folder) \"$@\"\n", to: folder + "/both")
        }
        try scratch.writeProgram("#!/bin/sh\necho here\n", to: "here")
        try scratch.writeProgram("echo no-interpreter \"$0\" \"$@\"\n", to: "second/script")
        try scratch.write("echo never\n", to: "first/plain")
        try scratch.writeProgram("#!/bin/sh\necho found\n", to: "second/plain")
        try scratch.write("", to: "first/folder/file")
        try scratch.writeProgram("#!/bin/sh\necho found\n", to: "second/folder")
        try scratch.write("echo never\n", to: "only-plain")
        try scratch.writeProgram("#!/no/such/interpreter\n", to: "second/broken")
        return scratch
    }

    static let lookups = [
        ("first:second", "both"), ("second:first", "both"), ("nowhere:second", "both"), ("", "here"),
        ("nowhere:", "here"), (":nowhere", "here"), ("nowhere::second", "here"), ("second", "script"),
        ("first:second", "plain"), ("first:second", "folder"), ("only-plain:second", "both"),
        ("nowhere", "./here"), ("first", "second/both"), ("nowhere", "second/script"),
    ]

    @Test("PATH is searched as env does", arguments: lookups, LaunchMode.allCases)
    func finds(_ lookup: (path: String, command: String), _ mode: LaunchMode) throws {
        let scratch = try scratchWithPrograms()
        let words = ["'\(lookup.command)'", "one", "'two words'"].joined(separator: " ")
        let setting = "PATH='\(lookup.path)'"
        let reference = try scratch.shell("env=$(command -v env); \(setting) \"$env\" \(words)")
        let launched = try scratch.shell("\(setting) \(mode.prefix) \(words)")
        #expect(reference.ending == .exited(0))
        #expect(launched == reference)
    }

    @Test("Without PATH the system's folders are searched", arguments: LaunchMode.allCases)
    func searchesSystemFolders(_ mode: LaunchMode) throws {
        let scratch = try Scratch()
        let outcome = try scratch.run(
            mode.words + ["sh", "-c", "echo ok"], environment: ["PORTRUN_REGISTRY=\(scratch.registry)"])
        #expect(outcome == Outcome(ending: .exited(0), output: "ok\n", errors: ""))
    }

    static let failures: [(path: String, command: String, status: Int32, message: String)] = [
        ("first:second", "nope", 127, "`nope`: command not found"),
        ("first", "", 127, "``: command not found"),
        ("first", "./nope", 127, "`./nope`: no such file or directory"),
        ("first", "first/nope/x", 127, "`first/nope/x`: no such file or directory"),
        ("second", "broken", 127, "`broken`: the interpreter that its first line names does not exist"),
        (".", "only-plain", 126, "`only-plain`: permission denied"),
        ("first:nowhere", "plain", 126, "`plain`: permission denied"),
        ("first", "./second", 126, "`./second`: permission denied"),
        ("first", "./here/x", 126, "`./here/x`: not a directory"),
    ]

    @Test("A command that cannot run is 127 or 126, and says why", arguments: failures, LaunchMode.ofPortrun)
    func rejects(
        _ failure: (path: String, command: String, status: Int32, message: String), _ mode: LaunchMode
    ) throws {
        let scratch = try scratchWithPrograms()
        let setting = "PATH='\(failure.path)'"
        let outcome = try scratch.shell("\(setting) \(mode.prefix) '\(failure.command)' one")
        #expect(outcome.ending == .exited(failure.status))
        #expect(outcome.output == "")
        #expect(outcome.errors.split(separator: "\n").first == "portrun: error: \(failure.message)")
        let reference = try scratch.shell(
            "env=$(command -v env); \(setting) \"$env\" '\(failure.command)' one")
        #expect(reference.ending == outcome.ending)
        #expect(try Lease.all(in: scratch).isEmpty)
    }

    @Test("A megabyte of environment arrives", arguments: LaunchMode.allCases)
    func passesLargeEnvironment(_ mode: LaunchMode) throws {
        let scratch = try Scratch()
        let many = (0..<10).map { "LARGE_\($0)=" + String(repeating: "x", count: 100_000) }
        let outcome = try scratch.run(
            mode.words + ["sh", "-c", "echo ${#LARGE_9}"], environment: scratch.environment + many)
        #expect(outcome == Outcome(ending: .exited(0), output: "100000\n", errors: ""))
    }
}
