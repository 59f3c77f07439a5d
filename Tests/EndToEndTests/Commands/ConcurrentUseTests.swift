import PortrunBase
import PortrunLaunch
import Testing

/// Many at once, the registry not even there.
@Suite(.timeLimit(.minutes(30)))
struct ConcurrentUseTests {
    @Test func sixteenFirstUsersGetSixteenPorts() throws {
        for _ in 1...3 {
            let scratch = try Scratch()
            let programs = try (1...16).map { number in
                try scratch.start([Program.portrun, "get", "web", "-q", "--context", "app/\(number)"])
            }
            let outcomes = try programs.map { try $0.finish() }
            #expect(outcomes.filter { $0.ending != .exited(0) || !$0.complaints.isEmpty } == [])
            #expect(Set(outcomes.map(\.output)).count == 16)
        }
    }

    @Test func manySetADamagedFileAsideOnce() throws {
        for round in 1...5 {
            let scratch = try Scratch()
            try FileSystem.replace(scratch.registry, with: [UInt8](repeating: 0xAA, count: 1000 * round))
            let programs = try (1...30).map { number in
                try scratch.start([Program.portrun, "get", "web", "-q", "--context", "app/\(number)"])
            }
            let outcomes = try programs.map { try $0.finish() }
            #expect(outcomes.filter { $0.ending != .exited(0) } == [])
            #expect(outcomes.count { $0.errors.contains("was corrupt: set aside as") } == 1)
            #expect(Set(outcomes.map(\.output)).count == 30)
        }
    }

    @Test func sixteenRunsOfOneCheckoutHaveSixteenPorts() throws {
        let project = try Project()
        _ = try project.run("config", "--set-range", "web:\(project.web)-\(project.web + 60)")
        let programs = try (1...16).map { _ in
            try project.scratch.start([Program.portrun, "--", "/bin/sh", "-c", "echo ready $PORT; read line"])
        }
        let ports = try programs.map { try $0.number(after: "ready") }
        #expect(Set(ports).count == 16)
        #expect(try Set(Lease.all(in: project.scratch).map(\.service)).count == 16)
        for program in programs { program.closeInput() }
        for program in programs { #expect(try program.finish().complaints.isEmpty) }
        #expect(try Lease.all(in: project.scratch).isEmpty)
    }

    @Test(arguments: [(200, "--context app/$n"), (100, "")])
    func aCrowdBeginsToTheLastOne(count: Int, options: String) throws {
        let project = try Project()
        _ = try project.run("config", "--set-range", "web:\(project.web)-\(project.web + 299)")
        // All of them read from what ends when the last one has begun.
        let outcome = try project.scratch.shell(
            """
            mkfifo stay; exec 9<>stay; n=0
            while [ $n -lt \(count) ]; do
                "$LAUNCHER" run -q \(options) -- /bin/sh -c 'echo $PORT; read line' <stay >out.$n 9>&- & n=$((n + 1))
                pids="$pids $!"
            done
            while [ $(cat out.* | wc -l) -lt \(count) ] && kill -0 $pids; do sleep 0.1; done
            exec 9>&-; wait $pids; cat out.* | sort -u | wc -l
            """)
        #expect(outcome == .printed("\(count)\n"))
        #expect(try Lease.all(in: project.scratch).isEmpty)
    }

    @Test func sixteenRunsShareWhatTheProjectPublishes() throws {
        let project = try Project()
        try project.scratch.write(
            "services: {db: {image: postgres, ports: ['\(project.outside):5432']}}\n", to: "compose.yaml")
        let programs = try (1...16).map { _ in
            try project.scratch.start([
                Program.portrun, "run", "--share", "--", "/bin/sh", "-c", "echo $DB_PORT",
            ])
        }
        for program in programs {
            let outcome = try program.finish()
            #expect(outcome.output == "\(project.outside)\n" && outcome.complaints.isEmpty, "\(outcome)")
        }
    }
}

extension Outcome {
    /// What was said, except that somebody waits his turn, which may take a while on a busy machine.
    fileprivate var complaints: [Substring] {
        errors.split(separator: "\n").filter { !$0.hasPrefix("portrun: warning: waiting for ") }
    }
}
