import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct CheckCommandTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func aPortThatNobodyHasIsFree() throws {
        let port = project.outside
        #expect(try project.run("check", "\(port)") == .printed("\(port) is free\n"))
        #expect(try project.run("check", "\(port)", "-q") == .printed(""))
        #expect(
            try project.run("check", "\(port)", "--json")
                == .printed(
                    """
                    {
                      "port": \(port),
                      "free": true,
                      "bookings": [],
                      "containers": [],
                      "listeners": []
                    }

                    """))
        #expect(try project.run("status", "--all") == .printed(""))
    }

    @Test func aBookedPortIsTaken() throws {
        let port = project.first
        _ = try project.run("book", "mail", "--context", "other/main")
        let taken = Outcome(ending: .exited(1), output: "\(port)/tcp is booked by other/main mail\n", errors: "")
        #expect(try project.run("check", "\(port)") == taken)
        #expect(try project.run("check", "\(port)", "-q") == .failed(1, ""))
    }

    @Test func everyPortOfABlockIsTaken() throws {
        let port = project.outside
        try project.scratch.write(
            "services: {rtp: {image: x, ports: ['\(port)-\(port + 3):7000-7003/udp']}}\n", to: "compose.yaml")
        _ = try project.run("book", "--auto")
        #expect(
            try project.run("check", "\(port + 3)")
                == Outcome(
                    ending: .exited(1),
                    output: "\(port + 3)/udp is booked by project rtp (\(port)-\(port + 3))\n", errors: ""))
        #expect(try project.run("check", "\(port + 4)") == .printed("\(port + 4) is free\n"))
    }

    @Test func tellsWhoHasTheLease() throws {
        let (program, port) = try project.start()
        let pid = try #require(try Lease.all(in: project.scratch).first?.pid)
        #expect(
            try project.run("check", "\(port)")
                == Outcome(
                    ending: .exited(1),
                    output: """
                        \(port)/tcp is booked by project web
                        \(port)/tcp is leased to pid \(pid): /bin/sh -c echo ready $PORT; read line

                        """, errors: ""))
        program.closeInput()
        _ = try program.finish()
    }

    @Test(
        arguments: [
            (TransportProtocol.tcp, "127.0.0.1"), (.tcp, "127.0.0.2"), (.tcp, "0.0.0.0"), (.tcp, "::1"), (.tcp, "::"),
            (.udp, "127.0.0.1"), (.udp, "127.0.0.2"), (.udp, "::1"), (.udp, "::"),
        ])
    func tellsWhoListens(_ transport: TransportProtocol, _ address: String) throws {
        // macOS has no addresses of the loopback interface but one.
        guard Self.tellsSockets || address != "127.0.0.2" else { return }
        let server = try Server(transport, on: address, in: project.scratch)
        let user = NSUserName()
        let who =
            Self.tellsSockets
            ? "on \(address) by pid \(server.pid) (\(user)): \(server.command)" : "by an unknown process"
        #expect(
            try project.run("check", "\(server.port)")
                == Outcome(
                    ending: .exited(1), output: "\(server.port)/\(transport.rawValue) is in use \(who)\n",
                    errors: ""))
        try server.close()
        #expect(try project.run("check", "\(server.port)", "-q") == .printed(""))
    }

    @Test(.enabled(if: tellsSockets, "this system does not tell its sockets"))
    func printsJSON() throws {
        let server = try Server(on: "127.0.0.1", port: project.first, in: project.scratch)
        _ = try project.run("book", "mail", "--port", "\(project.first + 1)")
        let other = try Server(.udp, on: "::1", port: project.first + 1, in: project.scratch)
        let outcome = try project.run("check", "\(other.port)", "--json")
        #expect(outcome.ending == .exited(1))
        let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
        #expect(
            report
                == Report(
                    port: other.port, free: false, bookings: [.init(service: "mail", state: "idle")],
                    listeners: [
                        .init(
                            protocol: "udp", address: "::1", pid: other.pid, command: other.command,
                            user: NSUserName())
                    ]))
        try server.close()
        try other.close()
    }

    @Test(.enabled(if: tellsSockets && OtherUser.exists, "needs root, or sudo without a password"))
    func saysWhenTheProcessOfAnotherUserCannotBeSeen() throws {
        let scratch = project.scratch
        let server = try Server(on: "127.0.0.1", in: scratch, prefix: OtherUser.asRoot ?? [])
        // A folder and a program that anybody may use.
        let folder = scratch.path + "/anybody"
        let outcome = try scratch.run(
            [
                "/bin/sh", "-c",
                """
                mkdir -m 777 "$1" && cp "$2" "$1/portrun" && chmod 755 "$1/portrun" || exit 99
                PORTRUN_REGISTRY="$1/own/registry.sqlite"; export PORTRUN_REGISTRY
                folder=$1 port=$3; shift 3
                exec "$@" "$folder/portrun" check "$port"
                """, "sh", folder, Program.portrun, "\(server.port)",
            ] + (OtherUser.asNobody ?? []))
        #expect(
            outcome
                == Outcome(
                    ending: .exited(1),
                    output: "\(server.port)/tcp is in use on 127.0.0.1 by an unknown process of another user (root)\n",
                    errors: ""))
        try server.close()
    }

    @Test(arguments: ["0", "-1", "65536", "1e3", "0x50", "８０", "", "80 ", "+80", "080", "web"])
    func refusesWhatIsNoPort(_ word: String) throws {
        let outcome = try project.run("check", "--", word)
        #expect(outcome.ending == .exited(64))
        #expect(outcome.output.isEmpty && outcome.errors.hasPrefix("portrun: error: the value "))
    }

    /// True where the system tells which sockets there are.
    static var tellsSockets: Bool {
        #if os(Linux)
            true
        #else
            false
        #endif
    }

    private struct Report: Decodable, Equatable {
        var port: Int
        var free: Bool
        var bookings: [Booking]
        var listeners: [Listener]

        struct Booking: Decodable, Equatable {
            var service: String
            var state: String
        }

        struct Listener: Decodable, Equatable {
            var `protocol`: String
            var address: String
            var pid: Int32
            var command: String
            var user: String
        }
    }
}
