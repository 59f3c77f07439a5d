#if os(Linux)
    import Foundation
    import PortrunBase
    import Testing

    /// Other ways to ask who listens than by a TCP port's number, in a linked worktree beside a main one.
    @Suite(.timeLimit(.minutes(30)))
    struct PortToolFormTests {
        /// What the scripts print is pids. Nothing is ended by them: they ask for the whole machine.
        @Test(arguments: [
            "lsof -t -iTCP -sTCP:LISTEN", "lsof -t -c python3", "lsof -t -i:1024-65535 -sTCP:LISTEN",
            "lsof -nP -iTCP -sTCP:LISTEN -Fpn | sed -n 's/^p//p'",
            "lsof -iTCP -sTCP:LISTEN -F0p | tr '\\0' '\\n' | sed -n 's/^p//p'",
            "lsof -cpython3 -a -nP -iTCP -sTCP:LISTEN | grep :$N | awk '{print $2}'",
            "lsof -nP +c 15 -iTCP -sTCP:LISTEN | grep :$N | awk '{print $2}'",
            "lsof -nP -iTCP -sTCP:LISTEN -T | grep :$N | awk '{print $2}'",
            "timeout 20 lsof -t -iTCP:$N -sTCP:LISTEN -r1 | head -n 1",
            "timeout 20 lsof -t -iTCP -sTCP:LISTEN -r1 | sed '/===/q'",
        ])
        func theOwnServerIsFoundAlone(_ script: String) throws {
            let fixture = try PortToolProject()
            let main = try fixture.serve()
            let own = try fixture.serveInWorktree()
            let outcome = try fixture.run("N=\(fixture.number); " + script)
            let pids = outcome.output.split(separator: "\n")
            #expect(pids.contains("\(own.pid)"), "\(outcome)")
            #expect(!pids.contains("\(main.pid)"), "\(outcome)")
            try fixture.endRunning(own.program)
            try fixture.endRunning(main)
        }

        @Test func whatIsLeftOutIsSaid() throws {
            let fixture = try PortToolProject()
            let main = try fixture.serve()
            let outcome = try fixture.run("lsof -t -a -iTCP -c python3 | grep -x \(main.pid)")
            #expect(
                outcome.errors.contains("portrun: `lsof` leaves other checkouts' programs out (pid "), "\(outcome)")
            #expect(outcome.output == "")
            try fixture.endRunning(main)
        }

        /// By the name that the system has for it.
        @Test(arguments: [
            "fuser -k -s $S/tcp", "lsof -ti:$S | xargs -r kill -9",
            "ss -Hltnp sport = :$S | sed 's/.*pid=\\([0-9]*\\).*/\\1/' | xargs -r kill -9",
            "ss -Hltp | grep :$S | sed 's/.*pid=\\([0-9]*\\).*/\\1/' | xargs -r kill -9",
            "netstat -tlp | grep :$S | sed 's/.* \\([0-9]*\\)[/].*/\\1/' | xargs -r kill -9",
            "lsof -iTCP -sTCP:LISTEN | grep :$S | awk '{print $2}' | xargs -r kill -9",
        ])
        func aServicesNameIsANumber(_ script: String) throws {
            let service = try Self.service()
            let fixture = try PortToolProject(number: service.port)
            let main = try fixture.serve()
            _ = try fixture.run("S=\(service.name); " + script)
            let own = try fixture.serveInWorktree()
            _ = try fixture.run("S=\(service.name); " + script)
            #expect(try own.program.finish().ending == .signalled(SIGKILL))
            try fixture.endRunning(main)
        }

        /// One that nobody listens on.
        private static func service() throws -> (name: String, port: Int) {
            let names = try String(contentsOfFile: "/etc/services", encoding: .utf8).split(separator: "\n")
                .compactMap { line -> (String, Int)? in
                    let words = line.split { $0 == "\t" || $0 == " " || $0 == "/" }
                    guard words.count > 2, words[2] == "tcp", let port = Port(words[1]), (2000..<30_000) ~= port.number,
                        (try? BoundSocket.isWaiting(on: port, .tcp)) == false
                    else { return nil }
                    return (String(words[0]), Int(port.number))
                }
            return try #require(names.randomElement())
        }

        @Test(arguments: [
            "fuser -k -s $N/udp", "fuser -k -s -n udp $N", "lsof -ti udp:$N | xargs -r kill -9",
            "lsof -ti:$N | xargs -r kill -9",
            "ss -Hlunp sport = :$N | sed 's/.*pid=\\([0-9]*\\).*/\\1/' | xargs -r kill -9",
            "ss -Hulnp | grep :$N | sed 's/.*pid=\\([0-9]*\\).*/\\1/' | xargs -r kill -9",
            "netstat -ulnp | grep :$N | sed 's/.* \\([0-9]*\\)[/].*/\\1/' | xargs -r kill -9",
        ])
        func theMainOnesUDPServerGoesOn(_ script: String) throws {
            let fixture = try PortToolProject()
            let main = try fixture.serve(overUDP: true)
            _ = try fixture.run("N=\(fixture.number); " + script)
            try fixture.endRunning(main)
        }

        @Test func theStatusIsTheTools() throws {
            let fixture = try PortToolProject()
            let main = try fixture.serve()
            let outcome = try fixture.run(
                """
                N=\(fixture.number); for call in "lsof -ti:$N" "lsof -t -a -iTCP:$N -c python3" "fuser $N/tcp" \
                "lsof -i tcp:$N" "ss -Hltn sport = :$N"; do $call; echo $?; done
                """)
            #expect(outcome.output == "1\n1\n1\n1\n0\n", "\(outcome)")
            try fixture.endRunning(main)
        }

        /// As a pipe has it, line by line.
        @Test func aListThatRepeatsIsNotHeldUp() throws {
            let fixture = try PortToolProject()
            let main = try fixture.serve()
            let own = try fixture.serveInWorktree()
            for list in ["netstat -tlnc", "lsof -nP -iTCP -sTCP:LISTEN -r1"] {
                let outcome = try fixture.run("timeout 20 \(list) | grep -m 1 -o :\(own.port)")
                #expect(outcome.output == ":\(own.port)\n", "\(outcome)")
                #expect(
                    outcome.errors.contains("is asked as it is: this checkout's own ports are \(own.port) for "),
                    "\(outcome)")
            }
            try fixture.endRunning(own.program)
            try fixture.endRunning(main)
        }

        @Test func whoHasANumberIsNamed() throws {
            let fixture = try PortToolProject()
            let main = try fixture.serve()
            let number = fixture.number
            let demand = try fixture.project.run("book", "other", "-C", "../feature", "--port", "\(number)")
            #expect(
                demand.errors.hasPrefix(
                    "portrun: error: port \(number) is in use by `python3` of the checkout in \(fixture.project.scratch.project)"
                ),
                "\(demand)")
            let told = try fixture.project.run("explain", "\(number)", "-C", "../feature")
            #expect(told.output.hasPrefix("localhost:\(number) → "), "\(told)")
            #expect(told.output.hasSuffix(" (port-\(number)), by translation\n"), "\(told)")
            let unknown = try fixture.project.run("explain", "\(number + 1)", "-C", "../feature")
            #expect(unknown.output.hasPrefix("localhost:\(number + 1) is the machine's: "), "\(unknown)")
            let folders = try fixture.project.run("explain", "-C", "../feature", "--", "true")
            #expect(
                folders.output.contains("\tleads compose, `lsof` and their kin inside the command to portrun\n"),
                "\(folders)")
            try fixture.endRunning(main)
        }

        /// It asks twice, with names and without.
        @Test func killPortEndsTheOwnServerAlone() throws {
            let fixture = try PortToolProject()
            try fixture.project.scratch.write(
                """
                #!/bin/sh
                lsof -i -P | grep -q ":*$1" || exit 1
                lsof -i tcp:$1 | grep LISTEN | awk '{print $2}' | xargs kill -9
                """, to: "../feature/node_modules/.bin/kill-port")
            chmod(fixture.project.scratch.project + "/../feature/node_modules/.bin/kill-port", 0o755)
            let main = try fixture.serve()
            let own = try fixture.serveInWorktree()
            let outcome = try fixture.run("npx --no kill-port \(fixture.number)")
            #expect(outcome.ending == .exited(0), "\(outcome)")
            #expect(try own.program.finish().ending == .signalled(SIGKILL))
            try fixture.endRunning(main)
        }
    }
#endif
