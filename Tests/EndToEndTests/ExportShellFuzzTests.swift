import Foundation
import PortrunBase
import PortrunLaunch
import TestSupport
import Testing

/// Projects that want to be obeyed, exported by the program itself and evaluated by the shells that are there: each has
/// the variables that JSON lists and no others, runs nothing, and the export ends soon and in little memory.
///
/// `PORTRUN_FUZZ_SECONDS` says how long (default 9), `PORTRUN_FUZZ_SEED` where to start.
@Suite(.timeLimit(.minutes(120)))
struct ExportShellFuzzTests {
    private static let shells = ["bash", "dash", "zsh", "fish"].filter { Program.find($0) != nil }

    /// Two seconds of the processor's time, and as much memory as 100 MiB on top of the program's own.
    private static let limits = "ulimit -t 2; ulimit -v 160000; exec \"$LAUNCHER\" export"

    @Test func everyShellHasWhatJSONLists() throws {
        let settings = ProcessInfo.processInfo.environment
        let seconds = settings["PORTRUN_FUZZ_SECONDS"].flatMap(Int.init) ?? 9
        let first = settings["PORTRUN_FUZZ_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0..<UInt64.max / 2)
        print("fuzz: shells: seed \(first), \(seconds) s, \(Self.shells.joined(separator: " "))")
        let start = ContinuousClock.now
        var seed = first
        var variables = 0
        while ContinuousClock.now - start < .seconds(seconds) {
            variables += try export(seed)
            seed += 1
        }
        print("fuzz: shells: \(seed - first) projects, \(variables) variables, up to seed \(seed)")
        #expect(variables > 0 && !Self.shells.isEmpty)
    }

    /// - Returns: how many variables were listed.
    private func export(_ seed: UInt64) throws -> Int {
        let scratch = try Scratch()
        let ports = HostileProject.movedPorts
        let taken = try scratch.shell(
            "\"$LAUNCHER\" book -q x --context other --port \(ports.lowerBound) --block \(ports.count) >/dev/null")
        try #require(taken == .printed(""))
        var random = SeededGenerator(state: seed)
        let project = HostileProject(&random, isEvaluated: true)
        try project.write(to: scratch.project)

        var count = 0
        for shell in Self.shells {
            let format = shell == "fish" ? "fish" : "shell"
            var json: Outcome
            // A server of another test may come onto a booked port, which moves then.
            repeat {
                json = try run(scratch, project, "json", seed)
                guard json.ending == .exited(0) else { return 0 }
                _ = try run(scratch, project, format, seed)
            } while try run(scratch, project, "json", seed, keeping: false).output != json.output
            let values = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            let listed = try #require(values, "seed \(seed)").mapValues {
                $0 is NSNull ? nil : $0 as? String ?? "\($0)"
            }
            count = listed.count
            for name in listed.keys {
                #expect(!HostileProject.obeyed.contains(name) || name == "COMPOSE_FILE", "seed \(seed): \(name)")
            }
            let before = try variables(of: shell, evaluating: "/dev/null", scratch, project)
            let after = try variables(of: shell, evaluating: scratch.path + "/exported", scratch, project)
            for (name, value) in listed {
                guard let value else {
                    // What is no UTF-8 is null in JSON.
                    #expect(after[name]?.contains("\u{FFFD}") ?? true, "seed \(seed): \(shell): \(name)")
                    continue
                }
                #expect(
                    after[name].map { $0.utf8.elementsEqual(value.utf8) } == true, "seed \(seed): \(shell): \(name)")
            }
            for (name, value) in after where listed[name] == nil && before[name] != value && name != "_" {
                Issue.record("seed \(seed): \(shell): \(name) is not listed")
            }
            #expect(access(scratch.project + "/pwned", F_OK) != 0, "seed \(seed): \(shell) ran a command")
        }
        return count
    }

    /// What `portrun export` printed, also left in the file `exported`.
    private func run(
        _ scratch: Scratch, _ project: HostileProject, _ format: String, _ seed: UInt64, keeping isKept: Bool = true
    ) throws -> Outcome {
        let file = isKept ? "../exported" : "../again"
        let script = "(\(Self.limits) --format \(format)) >\(file); status=$?; cat \(file); exit $status"
        let program = try scratch.start(
            [Array("/bin/sh".utf8), Array("-c".utf8), Array(script.utf8)],
            environment: scratch.shellEnvironment.map { Array($0.utf8) } + project.environment)
        program.closeInput()
        let outcome = try program.finish()
        #expect([.exited(0), .exited(1), .exited(125)].contains(outcome.ending), "seed \(seed): \(format): \(outcome)")
        return outcome
    }

    /// The variables that a shell gives to its commands after it has evaluated `file`.
    private func variables(
        of shell: String, evaluating file: String, _ scratch: Scratch, _ project: HostileProject
    ) throws -> [String: String] {
        let posix = "eval \"$(cat \"$1\")\"; exec /usr/bin/env -0"
        let words =
            switch shell {
            case "bash": ["--norc", "--noprofile", "-c", posix, "-", file]
            case "zsh": ["-f", "-c", posix, "-", file]
            case "fish": ["-N", "--private", "-c", "cat $argv[1] | source; exec /usr/bin/env -0", file]
            default: ["-c", posix, "-", file]
            }
        let environment = ["HOME=\(scratch.home)", "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8"]
        let program = try scratch.start(
            ([Program.find(shell) ?? shell] + words).map { Array($0.utf8) },
            environment: environment.map { Array($0.utf8) } + project.environment)
        program.closeInput()
        var variables: [String: String] = [:]
        for entry in try program.finish().output.utf8.split(separator: 0) {
            guard let end = entry.firstIndex(of: UInt8(ascii: "=")) else { continue }
            variables[String(decoding: entry[..<end], as: UTF8.self)] = String(
                decoding: entry[entry.index(after: end)...], as: UTF8.self)
        }
        return variables
    }
}
