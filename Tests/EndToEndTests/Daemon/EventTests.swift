import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// Events of a real daemon, of causes outside of it.
@Suite(.timeLimit(.minutes(30)))
struct EventTests {
    let daemon: TestDaemon
    let project: Project
    let stream: EventStream

    init() throws {
        daemon = try TestDaemon()
        project = daemon.project
        stream = try EventStream(of: daemon)
    }

    /// How long the quickest of several took: others use the machine, too.
    private func quickest(_ count: Int = 5, _ attempt: () throws -> Duration) rethrows -> Duration {
        try (0..<count).map { _ in try attempt() }.min() ?? .seconds(1000)
    }

    /// From the end of `cause` to the event.
    private func time(_ kind: String, _ service: String, after cause: () throws -> Void) throws -> Duration {
        try cause()
        let start = ContinuousClock.now
        _ = try stream.expect(kind, service)
        return ContinuousClock.now - start
    }

    @Test func whatAnotherProcessBooksAndReleases() throws {
        let booking = try quickest {
            let time = try time("booked", "db") { _ = try project.run("book", "db", "-q") }
            _ = try self.time("released", "db") { _ = try project.run("release", "db", "-q") }
            return time
        }
        #expect(booking < .milliseconds(100))
        let releasing = try quickest {
            _ = try time("booked", "db") { _ = try project.run("book", "db", "-q") }
            return try time("released", "db") { _ = try project.run("release", "db", "-q") }
        }
        #expect(releasing < .milliseconds(100))
    }

    @Test func whatIsBookedThroughTheDaemon() throws {
        let body = JSONValue.object([
            "checkout": .string(project.scratch.project), "services": .array([.string("web")]),
        ])
        let booked = try daemon.ask("POST", "/api/v1/bookings", body: body).json.elements?.first
        #expect(try stream.expect("booked", "web") == booked)
        _ = try daemon.ask("DELETE", "/api/v1/bookings/\(booked?["id"]?.integer ?? 0)")
        #expect(try stream.expect("released", "web") == booked)
    }

    /// A kill writes nothing to the registry.
    @Test func aHolderThatIsKilled() throws {
        _ = try project.run("book", "api", "-q")
        _ = try stream.expect("booked", "api")
        let killed = try quickest {
            let program = try project.scratch.start([
                Program.portrun, "run", "api", "--", "/bin/sh", "-c", "echo $$ runs; read line; read line",
            ])
            let live = try stream.expect("live", "api")
            try program.wait(for: "runs\n")
            let holder = try #require(live["pid"]?.integer.flatMap(Int32.init(exactly:)))
            // Not by its launcher, which would end the lease.
            program.signal(SIGKILL)
            _ = kill(holder, 0)
            return try time("idle", "api") { kill(holder, SIGKILL) }
        }
        #expect(killed < .milliseconds(100))
    }

    /// What was booked for the command alone goes with it.
    @Test func theEndOfAHolderReleasesWhatWasForIt() throws {
        let program = try project.scratch.start([
            Program.portrun, "run", "api", "--ephemeral", "--", "/bin/sh", "-c", "echo runs; read line; read line",
        ])
        _ = try stream.expect("booked", "api")
        let holder = try #require(try stream.expect("live", "api")["pid"]?.integer)
        try program.wait(for: "runs\n")
        program.signal(SIGKILL)
        kill(Int32(holder), SIGKILL)
        _ = try stream.expect("idle", "api")
        _ = try stream.expect("released", "api")
    }

    @Test func theEndOfATimeToLive() throws {
        // What lasts for a second of the clock may be over before anybody looks.
        _ = try project.run("book", "job", "--ttl", "2", "-q")
        _ = try stream.expect("booked", "job")
        _ = try stream.expect("live", "job")
        _ = try stream.expect("released", "job")
        _ = try project.run("book", "job", "--ttl", "600", "-q")
        _ = try stream.expect("booked", "job")
        _ = try stream.expect("live", "job")
        _ = try project.run("release", "job", "-q")
        _ = try stream.expect("released", "job")
    }

    @Test func whoListens() throws {
        _ = try project.run("book", "api", "-q")
        _ = try stream.expect("booked", "api")
        let listening = try quickest {
            let server = try Server(on: "127.0.0.1", port: project.first, in: project.scratch)
            let start = ContinuousClock.now
            let event = try stream.expect("stranger", "api")
            let time = ContinuousClock.now - start
            #expect(event["listener"]?["pid"]?.integer == Int(server.pid))
            #expect(event["state"]?.string == "listening")
            try server.close()
            _ = try stream.expect("idle", "api")
            return time
        }
        #expect(listening < .milliseconds(100))
    }

    @Test func aProgramOfTheCheckout() throws {
        try project.scratch.write(
            """
            import os, socket, sys
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", int(os.environ["PORT"])))
            listener.listen()
            sys.stdin.read()
            """, to: "own.py")
        let program = try project.scratch.start([Program.portrun, "run", "api", "--", "/usr/bin/python3", "own.py"])
        _ = try stream.expect("booked", "api")
        _ = try stream.expect("live", "api")
        #expect(try stream.expect("listening", "api")["state"]?.string == "live")
        program.closeInput()
        _ = try program.finish()
        _ = try stream.expect("idle", "api")
    }

    @Test func aBookingThatMoves() throws {
        _ = try project.run("book", "api", "-q")
        _ = try stream.expect("booked", "api")
        _ = try project.run("book", "api", "--port", "\(project.outside)", "-q")
        let moved = try stream.expect("moved", "api")
        #expect(moved["port"]?.integer == project.outside && moved["from"]?.integer == project.first)
    }

    /// Many watch at once, and see the same; nobody holds up the end.
    @Test func manyWatchUntilTheEnd() throws {
        let others = try (0..<40).map { _ in try EventStream(of: daemon) }
        _ = try project.run("book", "api", "-q")
        for other in [stream] + others { _ = try other.expect("booked", "api") }
        let start = ContinuousClock.now
        try daemon.stop()
        #expect(ContinuousClock.now - start < .seconds(4))
        for other in [stream] + others { try other.waitForEnd() }
    }
}
