import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct BookCommandTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func booksSeveralAndKeepsThem() throws {
        let expected = Outcome.printed("postgres \(project.postgres)\nmail \(project.first)\n")
        #expect(try project.run("book", "postgres", "mail") == expected)
        #expect(try project.run("book", "postgres", "mail") == expected)
        #expect(try project.run("book", "mail", "-q") == .printed("\(project.first)\n"))
    }

    @Test func takesTheDemandedPort() throws {
        let port = project.outside
        #expect(try project.run("book", "postgres", "--port", "\(port)") == .printed("postgres \(port)\n"))
        #expect(try project.run("get", "postgres", "-q") == .printed("\(port)\n"))
        let next = port + 1
        #expect(try project.run("book", "postgres", "--port=\(next)", "-q") == .printed("\(next)\n"))
    }

    @Test func keepsItsPortWhileItsServerRuns() throws {
        let port = project.outside
        let words = [["web"], ["postgres"], ["api", "--port", "\(port)"]]
        let booked = try words.map { try project.run(["book"] + $0 + ["-q"]) }
        let server = try project.scratch.start([
            "/usr/bin/python3", "-c",
            """
            import socket, sys
            sockets = [socket.create_server(("127.0.0.1", int(port))) for port in sys.argv[1:]]
            print("ready 1", flush=True)
            sys.stdin.read()
            """, "\(project.web)", "\(project.postgres)", "\(port)",
        ])
        _ = try server.number(after: "ready")
        #expect(try words.map { try project.run(["book"] + $0 + ["-q"]) } == booked)
        #expect(booked == [project.web, project.postgres, port].map { .printed("\($0)\n") })
        server.closeInput()
        _ = try server.finish()
    }

    @Test func doesNotMoveWhatARunningCommandHolds() throws {
        let (program, port) = try project.start("run", "api")
        let outcome = try project.run("book", "api", "--port", "\(project.outside)")
        #expect(outcome.ending == .exited(1) && outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("portrun: error: `api` is held on \(port) by pid "))
        #expect(outcome.errors.hasSuffix("\nportrun: hint: end it first, or book another service\n"))
        #expect(try project.run("book", "api", "-q") == .printed("\(port)\n"))
        program.closeInput()
        _ = try program.finish()
        #expect(try project.run("book", "api", "-q", "--port=\(project.outside)") == .printed("\(project.outside)\n"))
    }

    @Test func aRunFailsForThePortThatSomebodyHas() throws {
        let port = project.outside
        _ = try project.run("book", "db", "--port", "\(port)", "--context", "other/main")
        #expect(
            try project.run("run", "--port", "\(port)", "--", "true")
                == .failed(
                    125,
                    """
                    portrun: error: port \(port) is booked by other/main db
                    portrun: hint: `portrun status --all` lists every booking

                    """))
    }

    @Test func saysWhoHasTheDemandedPort() throws {
        let port = project.outside
        _ = try project.run("book", "db", "--port", "\(port)", "--context", "other/main")
        #expect(
            try project.run("book", "postgres", "--port", "\(port)")
                == .failed(
                    1,
                    """
                    portrun: error: port \(port) is booked by other/main db
                    portrun: hint: `portrun status --all` lists every booking

                    """))
        #expect(try project.run("status") == .printed(""))
    }

    @Test func booksWhatTheProjectPublishes() throws {
        let port = project.outside
        try project.scratch.write(
            """
            services:
              db:
                image: postgres
                ports: ["\(port):5432", "\(port + 1):5433", "\(port):9/udp"]
              cache:
                image: x
                ports: ["6379"]
              sip:
                image: x
                ports: ["\(port + 2)-\(port + 4):5060-5062"]

            """, to: "compose.yaml")
        #expect(
            try project.run("book", "--auto")
                == .printed(
                    "db \(port)\ndb-5433 \(port + 1)\ndb \(port)/udp\nsip \(port + 2)-\(port + 4)\ncache \(project.first)\n"
                ))
    }

    @Test func aServiceOfTheProjectHasItsDeclaredPort() throws {
        let port = project.outside
        try project.scratch.write(
            "services: {db: {image: x, ports: ['\(port):5432', '\(port + 9):9/udp']}}", to: "compose.yaml")
        #expect(try project.run("book", "db", "mail") == .printed("db \(port)\nmail \(project.first)\n"))
        #expect(try project.run("book", "db", "--port", "\(port + 1)", "-q") == .printed("\(port + 1)\n"))
        #expect(try project.run("export", "--format", "dotenv").output.contains("DB_PORT=\(port + 1)\n"))
    }

    @Test func printsJSON() throws {
        let outcome = try project.run("book", "mail", "--json")
        #expect(outcome.ending == .exited(0) && outcome.errors.isEmpty)
        #expect(
            outcome.output.replacing(/"last_used": "[0-9T:-]+Z"/, with: "\"last_used\": \"…\"") == """
                [
                  {
                    "id": 1,
                    "context": "\(project.hash)",
                    "label": "project",
                    "path": "\(project.scratch.project)",
                    "service": "mail",
                    "port": \(project.first),
                    "count": 1,
                    "declared": null,
                    "protocol": "tcp",
                    "target": null,
                    "variable": null,
                    "source": "range",
                    "state": "idle",
                    "pid": null,
                    "command": null,
                    "expires": null,
                    "description": null,
                    "last_used": "…"
                  }
                ]

                """)
    }

    @Test func takesAPortOfTheDemandedRange() throws {
        let port = project.outside
        let words = ["book", "a", "b", "--range", "\(port)-\(port + 1)"]
        #expect(try project.run(words) == .printed("a \(port)\nb \(port + 1)\n"))
        #expect(try project.run(words) == .printed("a \(port)\nb \(port + 1)\n"))
        #expect(
            try project.run("book", "c", "d", "--range", "\(port)-\(port + 2)")
                == .failed(
                    1,
                    """
                    portrun: error: no free port for `d` in \(port)-\(port + 2): 3 booked, 0 in use by other programs, \
                    0 blocked
                    portrun: hint: `portrun gc` drops bookings whose project is gone

                    """))
        #expect(try project.run("get", "c", "--no-book", "-q") == Outcome(ending: .exited(1), output: "", errors: ""))
    }

    @Test func booksBlocksAndUDP() throws {
        let first = project.outside
        let words = ["book", "rtp", "sip", "--udp", "--block", "4", "--range", "\(first)-\(first + 9)"]
        let expected = Outcome.printed("rtp \(first)-\(first + 3)/udp\nsip \(first + 4)-\(first + 7)/udp\n")
        #expect(try project.run(words) == expected)
        #expect(try project.run(words) == expected)
        // The same numbers are free for TCP.
        #expect(try project.run("book", "a", "--port", "\(first)") == .printed("a \(first)\n"))
    }

    @Test func notesWhatABookingIsFor() throws {
        _ = try project.run("book", "mail", "-d", "for the review")
        _ = try project.run("book", "mail")
        let outcome = try project.run("status", "--json")
        #expect(outcome.output.contains("\"description\": \"for the review\""))
    }

    @Test func tellsWhenARangeIsFull() throws {
        _ = try project.run(
            "config", "--set-range", "postgres:\(project.postgres)", "--set-range", "default:\(project.first)"
        )
        _ = try project.run("book", "postgres", "api")
        #expect(
            try project.run("book", "postgres", "--context", "other")
                == .failed(
                    125,
                    """
                    portrun: error: no free port for `postgres` in \(project.postgres): 1 booked, 0 in use by other \
                    programs, 0 blocked
                    portrun: hint: `portrun gc` drops bookings whose project is gone

                    """))
    }

    @Test func booksAllOrNone() throws {
        _ = try project.run("config", "--set-range", "postgres:\(project.postgres)")
        _ = try project.run("config", "--set-range", "default:\(project.first)-\(project.first + 1)")
        let outcome = try project.run("book", "a", "postgres", "b", "c")
        #expect(outcome.ending == .exited(125))
        #expect(outcome.output.isEmpty && outcome.errors.hasPrefix("portrun: error: no free port for `c` in "))
        #expect(try project.run("list") == .printed(""))
        #expect(
            try project.run("book", "b", "postgres", "a", "b")
                == .printed("b \(project.first)\npostgres \(project.postgres)\na \(project.first + 1)\n"))
    }
}
