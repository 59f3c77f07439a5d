import PortrunBase
import PortrunLaunch
import Testing

/// Words that no place wants, given to every verb: a clear refusal or a correct result, never a trap.
@Suite(.timeLimit(.minutes(30)))
struct BadInputTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let badPorts = [
        "", "0", "-1", "65536", "1e3", "0x50", "８０", "+80", " 80", "80 ", "080", "1,000", "80.0", "8\n0", "web=", "=80",
        "99999999999999999999",
    ]

    /// `@` stands for the bad word.
    @Test(arguments: [
        "check @", "register n @", "run --port @ -- true", "book a --port @", "find --start @", "find --end @",
        "release --port @",
    ])
    func noPort(_ line: String) throws {
        try refuses(Self.badPorts, in: line)
    }

    @Test(arguments: [
        "renew a --ttl @", "book a --ttl @", "find --count @", "book a --block @", "wait a --timeout @", "gc --stale @",
    ])
    func noNumber(_ line: String) throws {
        let words = ["", "-1", "+80", "080", "1e3", "0x50", "８０", "80 ", "80.0", "8\n0", "99999999999999999999"]
        try refuses(words, in: line)
    }

    @Test(arguments: ["book a --range @", "config --set-range @", "config --set-range web:@"])
    func noRange(_ line: String) throws {
        let words = ["", "9-8", "-", "1-", "-9", "0-9", "1-65536", "1-2-3", "a-b", "1..9", "１-９", "9 - 10"]
        try refuses(words, in: line)
    }

    @Test(arguments: [
        "get @", "book @", "release @", "lookup @", "wait @", "renew @", "unregister @", "register @ 9",
        "run @ -- true",
        "run --book @ -- true", "list --service @", "get web --context @", "get web --app @", "get web --instance @",
    ])
    func noName(_ line: String) throws {
        let words = [
            "", "a\nb", "a\tb", "\u{1B}[31m", "\u{7F}", "\u{85}", String(repeating: "x", count: 10_000),
            String(repeating: "é", count: 200),
        ]
        try refuses(words, in: line)
    }

    /// What looks odd and is a name all the same is booked, listed and released under it.
    @Test(arguments: ["a/b", "🚀", "$(id)", "`id`", "'; exit 9; '", "\"", "a b", "*", "\\", "-", "日本"])
    func isAName(_ name: String) throws {
        let project = try Project()
        let word = name == "-" ? ["--", name] : [name]
        #expect(try project.run(["book", "-q"] + word) == .printed("\(project.first)\n"))
        #expect(try project.run(["list", "-q"]) == .printed("\(project.first)\n"))
        #expect(try project.run(["release"] + word) == .printed("\(name) \(project.first)\n"))
        #expect(try project.run(["list", "-q"]) == .printed(""))
    }

    @Test func launchesWithManyWords() throws {
        let words = Array(repeating: "w", count: 100_000)
        #expect(try scratch.run([Program.portrun, "--", "/bin/true"] + words) == .printed(""))
    }

    @Test(arguments: ["book", "list", "get", "export", "run", "release", "check", "find"])
    func refusesManyWords(_ verb: String) throws {
        let words = (1..<100_000).map { "w\($0)" }
        let error = """
            portrun: error: 100000 words: at most 4096 are read at once
            portrun: hint: call portrun several times, or put the words of a command behind `--`

            """
        #expect(try scratch.run([Program.portrun, verb] + words) == .failed(64, error))
    }

    @Test func booksManyServicesAtOnce() throws {
        let names = (1...2000).map { "service-\($0)" }
        let booked = try scratch.run([Program.portrun, "book", "-q", "--range", "20000-29999"] + names + names)
        #expect(booked.ending == .exited(0))
        #expect(Set(booked.output.split(separator: "\n")).count == 2000)
        #expect(try scratch.run([Program.portrun, "book", "-q"] + names) == .printed(booked.output))
    }

    /// A label may stand for several names; contexts and their ports are told apart all the same.
    @Test(arguments: ["--app", "--instance"])
    func namesThatLookAlikeAreDifferentContexts(_ option: String) throws {
        let names = ["*", "🚀", "a b", "a/b", "a-b", "a%2Fb", "-"].map { "\(option)=\($0)" }
        var ports: Set<String> = []
        for name in names {
            let booked = try scratch.run([Program.portrun, "get", "web", "-q", name])
            #expect(try scratch.run([Program.portrun, "get", "web", "-q", name]) == booked)
            ports.insert(booked.output)
        }
        #expect(ports.count == names.count)
        guard option == "--app" else { return }
        #expect(try scratch.run([Program.portrun, "release", names[0]]).ending == .exited(0))
        #expect(try scratch.run([Program.portrun, "list", "-q", names[0]]) == .printed(""))
        #expect(try scratch.run([Program.portrun, "list", "-q", names[1]]).output.isEmpty == false)
    }

    @Test(arguments: [
        "get web -q", "book a -q", "list", "status", "check 80", "find", "export", "context", "discover", "config",
        "doctor",
        "-- true", "gc",
    ])
    func environmentThatIsNotText(_ line: String) throws {
        let odd: [[UInt8]] = [
            [0xFF, 0xFE], Array("A=".utf8) + [0x80], [0xC3, UInt8(ascii: "="), 0x28], Array("=".utf8),
            Array("NONE".utf8), [],
            Array("PORT=".utf8) + [0xFF], Array("WEB_PORT=".utf8) + [0xED, 0xA0, 0x80],
            Array("COMPOSE_PROJECT_NAME=".utf8) + [0xFF],
        ]
        let words = [Program.portrun] + line.split(separator: " ").map(String.init)
        let program = try scratch.start(
            words.map { Array($0.utf8) }, environment: scratch.environment.map { Array($0.utf8) } + odd)
        program.closeInput()
        let outcome = try program.finish()
        #expect([.exited(0), .exited(1)].contains(outcome.ending), "\(outcome)")
    }

    @Test(arguments: ["get", "book", "-- /bin/echo", "check", "find --start", "release"])
    func wordsThatAreNotText(_ line: String) throws {
        let words = ([Program.portrun] + line.split(separator: " ").map(String.init)).map { Array($0.utf8) }
        let program = try scratch.start(
            words + [[0xFF, 0xC3, 0x28]], environment: scratch.environment.map { Array($0.utf8) })
        program.closeInput()
        let outcome = try program.finish()
        #expect([.exited(0), .exited(1), .exited(64)].contains(outcome.ending), "\(outcome)")
    }

    /// Each of `words` in its place in `line` is a wrong command line, told once, and nothing is booked.
    private func refuses(_ words: [String], in line: String) throws {
        for word in words {
            let arguments = line.split(separator: " ").map {
                String($0).replacing("@", with: word)
            }
            let outcome = try scratch.run([Program.portrun] + arguments)
            #expect(outcome.ending == .exited(64), "\(line), \(word.debugDescription): \(outcome)")
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.lowercased().occurrences(of: "error: ") == 1, "\(outcome.errors)")
        }
        #expect(try scratch.run([Program.portrun, "list", "--all", "-q"]) == .printed(""))
    }
}

extension String {
    /// How often `text` is in this.
    fileprivate func occurrences(of text: String) -> Int { ranges(of: text).count }
}
