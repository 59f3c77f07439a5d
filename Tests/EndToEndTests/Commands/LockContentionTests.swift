import PortrunBase
import PortrunLaunch
import Testing

/// Nobody waits for another project's files, nor for a program that is asked about it: nothing slow is done while the
/// registry is locked.
@Suite(.timeLimit(.minutes(30)), .serialized)
struct LockContentionTests {
    /// A command that asks a program which does not answer.
    struct Question: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let program: String
        let words: [String]
        let prepare: @Sendable (Project) throws -> Void
    }

    static let questions = [
        Question(testDescription: "git, about the checkout itself", program: "git", words: ["--", "true"]) {
            try $0.writeRepository("busy", isPlain: false)
        },
        Question(testDescription: "git, about another clone of the branch", program: "git", words: ["--", "true"]) {
            try $0.writeRepository("first", isPlain: true)
            try #require(try $0.run("get", "web", "-C", "../first").ending == .exited(0))
            try $0.writeRepository("first", isPlain: false)
            try $0.writeRepository("busy", isPlain: true)
        },
        Question(testDescription: "git, about the branches of a checkout", program: "git", words: ["gc"]) {
            try $0.writeRepository("first", isPlain: true)
            try #require(try $0.run("get", "web", "-C", "../first").ending == .exited(0))
            try $0.writeRepository("first", isPlain: false)
            try $0.scratch.write("{}\n", to: "../busy/package.json")
        },
        Question(
            testDescription: "docker, about its version", program: "docker", words: ["--", "docker", "compose", "up"]
        ) {
            try #require(try $0.run("register", "taken", "\($0.outside)").ending == .exited(0))
            try $0.scratch.write(
                "services: {db: {image: postgres, ports: ['\($0.outside):5432']}}\n", to: "../busy/compose.yaml")
        },
    ]

    @Test(arguments: questions)
    func nobodyWaitsForAProgramThatHangs(_ question: Question) throws {
        let project = try Project()
        let scratch = project.scratch
        try question.prepare(project)
        let (hang, asked) = (scratch.path + "/hang", scratch.path + "/asked")
        try FileSystem.replace(hang, with: [])
        // It ends with the test, whatever becomes of portrun.
        try scratch.writeProgram(
            "#!/bin/sh\n: >\(asked)\nwhile [ -e \(hang) ]; do /bin/sleep 0.05; done\n",
            to: "../bin/\(question.program)")
        let busy = try scratch.start(question.words, inBusyWith: ["PATH=\(scratch.path)/bin:/usr/bin:/bin"])
        try Deadline.wait(for: "a question") { busy.hasExited() || FileSystem.kind(of: asked) != nil }
        let fastest = try #require(try fastestLaunch(beside: busy, scratch), "it does not wait for an answer")
        #expect(fastest < Self.limit)
        unlink(hang)
        _ = try busy.finish()
    }

    @Test(arguments: [["get", "db"], ["--", "true"], ["export"]])
    func nobodyWaitsForALargeComposeFile(_ words: [String]) throws {
        let value = String(repeating: "x", count: 40)
        let entries = (0..<2_000).map { "      NAME_\($0): \(value)\n" }.joined()
        let services = (0..<48).map { "  s\($0):\n    image: postgres\n    environment:\n" + entries }
        let text = "services:\n" + services.joined()
        let size = text.utf8.count
        try #require(size > 5_000_000)
        let share = try longestWait(for: words, whoseSlowPartBegins: { $0.hasRead(size) }) {
            try $0.write(text, to: "../busy/compose.yaml")
        }
        #expect(share < Self.share)
    }

    @Test(arguments: ["compose.yaml", ".env", "package.json"], [["get", "db"], ["--", "true"]])
    func nobodyWaitsForAFileThatDoesNotEnd(_ name: String, _ words: [String]) throws {
        var writers: [Int32] = []
        defer { writers.forEach { close($0) } }
        let share = try longestWait(for: words) { scratch in
            let files = ["compose.yaml": "services: {db: {image: postgres, ports: ['5432']}}\n", "README": ""]
            for (file, text) in files where file != name { try scratch.write(text, to: "../busy/" + file) }
            let path = scratch.path + "/busy/" + name
            try #require(mkfifo(path, 0o600) == 0)
            // Somebody is about to write to it for as long as the test lasts.
            let writer = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
            try #require(writer >= 0)
            writers.append(writer)
        }
        #expect(share < Self.share)
    }

    private static let limit: Duration = .milliseconds(300)

    /// The share of the time that portrun takes for `words` in one project which a launch in another one takes at the
    /// most: a hundredth or so, and nearly all where it waits. Zero for what is over at once.
    ///
    /// The best of a few attempts counts: other programs may use the machine meanwhile.
    /// - Parameters:
    ///   - hasBegun: true when the slow part has begun.
    ///   - prepare: makes the project, in the folder `busy`.
    private func longestWait(
        for words: [String], whoseSlowPartBegins hasBegun: (RunningProgram) -> Bool = { _ in true },
        in prepare: (Scratch) throws -> Void
    ) throws -> Double {
        var least = 1.0
        for _ in 1...8 where least >= Self.share {
            let scratch = try Project().scratch
            try prepare(scratch)
            let begin = ContinuousClock.now
            let busy = try scratch.start(words, inBusyWith: [])
            try Deadline.wait(for: "the slow part") { busy.hasExited() || hasBegun(busy) }
            var longest: Duration = .zero
            for _ in 1...200 where !busy.hasExited() { longest = max(longest, try launch(scratch)) }
            let whole = ContinuousClock.now - begin
            least = min(least, whole < Self.limit ? 0 : longest / whole)
        }
        return least
    }

    private static let share = 0.5

    /// The time of the fastest of a few launches that ended while `busy` had not; nil when there was none.
    private func fastestLaunch(beside busy: RunningProgram, _ scratch: Scratch) throws -> Duration? {
        var fastest: Duration?
        for _ in 1...10 where fastest.map({ $0 >= Self.limit }) ?? true {
            let time = try launch(scratch)
            if busy.hasExited() { break }
            fastest = min(fastest ?? time, time)
        }
        return fastest
    }

    /// How long `portrun -- true` takes in the project.
    private func launch(_ scratch: Scratch) throws -> Duration {
        let begin = ContinuousClock.now
        let outcome = try scratch.run([Program.portrun, "--", "true"])
        try #require(outcome.ending == .exited(0), "\(outcome)")
        return ContinuousClock.now - begin
    }
}

extension Project {
    /// Writes the files of a repository without a commit, beside the project.
    ///
    /// - Parameter isPlain: false for a format of which only git itself can tell.
    fileprivate func writeRepository(_ name: String, isPlain: Bool) throws {
        let format = isPlain ? "" : "[core]\n\trepositoryformatversion = 1\n[extensions]\n\trefStorage = reftable\n"
        let origin = "[remote \"origin\"]\n\turl = git@example.com:acme/shop.git\n"
        for (file, text) in [
            "HEAD": "ref: refs/heads/main\n", "config": format + origin, "objects/empty": "", "refs/empty": "",
        ] { try scratch.write(text, to: "../\(name)/.git/\(file)") }
    }
}

extension Scratch {
    /// Starts portrun in the folder `busy` beside the project.
    fileprivate func start(_ words: [String], inBusyWith variables: [String]) throws -> RunningProgram {
        let program = try RunningProgram(
            ([Program.portrun] + words).map { Array($0.utf8) },
            environment: (variables + environment).map { Array($0.utf8) }, directory: path + "/busy")
        program.keep(self)
        return program
    }
}

extension RunningProgram {
    /// True when it has read as many bytes; also where that cannot be told.
    fileprivate func hasRead(_ count: Int) -> Bool {
        // The first line of proc_pid_io(5) is `rchar: N`.
        let text = (try? FileSystem.read("/proc/\(pid)/io")).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let line = text.split(separator: "\n").first.map(String.init) ?? ""
        return (Int(line.dropFirst("rchar: ".count)) ?? .max) >= count
    }
}
