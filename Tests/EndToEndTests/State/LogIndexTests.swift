#if os(Linux)
    import Foundation
    import PortrunBase
    import PortrunLaunch
    import Testing

    /// The index of the registry's log, which launches of one boot hand on to each other.
    @Suite(.timeLimit(.minutes(30)))
    struct LogIndexTests {
        let project: Project
        private var index: String { project.scratch.registry + "-shm" }
        private var stamp: String { project.scratch.registry + "-boot" }

        init() throws {
            project = try Project()
            _ = try project.run("book", "db", "-q")
        }

        /// Bytes that SQLite leaves alone, and that are 0 in an index that it makes: sqlite.org/walformat.html.
        private static let unused = off_t(132)

        private func mark(_ number: UInt32) throws {
            let descriptor = open(index, O_WRONLY)
            defer { close(descriptor) }
            var number = number
            try #require(pwrite(descriptor, &number, 4, Self.unused) == 4)
        }

        private func mark() -> UInt32 {
            let descriptor = open(index, O_RDONLY)
            defer { close(descriptor) }
            var number: UInt32 = 0
            pread(descriptor, &number, 4, Self.unused)
            return number
        }

        private func answers() throws -> Bool {
            try project.run("get", "db", "-q", "--no-book") == .printed("\(project.first)\n")
        }

        @Test func isUsedAsItIs() throws {
            try mark(7)
            #expect(try answers())
            #expect(try project.run("--", "true") == .printed(""))
            #expect(mark() == 7)
        }

        @Test func isMadeAnewInAnotherBoot() throws {
            let text = try String(contentsOfFile: stamp, encoding: .utf8)
            let words = text.split(separator: " ", maxSplits: 1)
            try "00000000-0000-0000-0000-000000000000 \(words[1])".write(
                toFile: stamp, atomically: true, encoding: .utf8)
            try mark(7)
            #expect(try answers())
            #expect(mark() == 0)
            #expect(try String(contentsOfFile: stamp, encoding: .utf8) == text)
        }

        @Test func isMadeAnewWhereItIsAnotherFile() throws {
            try mark(7)
            _ = try project.scratch.shell("cp '\(index)' '\(index).copy' && mv '\(index).copy' '\(index)'")
            #expect(try answers())
            #expect(mark() == 0)
        }

        @Test(arguments: ["", "x\n", "link"]) func noStampIsNoMatter(_ content: String) throws {
            _ = try project.scratch.shell(
                content == "link"
                    ? "mv '\(stamp)' '\(stamp).real' && ln -s '\(stamp).real' '\(stamp)'"
                    : "printf '%s' '\(content)' >'\(stamp)'")
            try mark(7)
            #expect(try answers())
            #expect(mark() == 0)
        }

        /// As one that is killed in the middle of it leaves it.
        @Test func aHalfWrittenOneIsRead() throws {
            let descriptor = open(index, O_WRONLY)
            var noise = [UInt8](repeating: 0xAA, count: 20)
            try #require(pwrite(descriptor, &noise, 20, 8) == 20)
            close(descriptor)
            #expect(try answers())
            #expect(try project.run("book", "mail", "-q") == .printed("\(project.first + 1)\n"))
        }

        /// SQLite without portrun removes log and index when it is the last one to close.
        @Test(.enabled(if: Program.find("sqlite3") != nil, "sqlite3 is not installed"))
        func othersMayOpenTheFile() throws {
            let question = ["/usr/bin/env", "sqlite3", project.scratch.registry, "PRAGMA integrity_check"]
            for number in 1...5 {
                #expect(try project.scratch.run(question) == .printed("ok\n"))
                #expect(try project.run("book", "s\(number)", "-q").ending == .exited(0))
                #expect(try project.run("list").output.split(separator: "\n").count == number + 1)
            }
        }

        /// Writers that are killed anywhere, beside others and beside SQLite alone.
        @Test(.enabled(if: Program.find("sqlite3") != nil, "sqlite3 is not installed"))
        func survivesKills() throws {
            var generator = SystemRandomNumberGenerator()
            var kept = 1
            for round in 0..<60 {
                let victims = try (0..<3).map { number in
                    try project.scratch.start([
                        Program.portrun, "book", "v\(round)-\(number)", "--context", "victims", "--range", "9000-9999",
                    ])
                }
                usleep(UInt32.random(in: 0..<20000, using: &generator))
                for victim in victims.shuffled() { victim.signal(SIGKILL) }
                if round % 3 == 0 {
                    let question = ["/usr/bin/env", "sqlite3", project.scratch.registry, "PRAGMA integrity_check"]
                    #expect(try project.scratch.run(question).output == "ok\n")
                }
                let booked = try project.run("book", "k\(round)", "-q", "--range", "8000-8999")
                #expect(booked.ending == .exited(0), "\(booked)")
                kept += 1
            }
            let listed = try project.run("status")
            #expect(listed.output.split(separator: "\n").count == kept, "\(listed)")
        }
    }
#endif
