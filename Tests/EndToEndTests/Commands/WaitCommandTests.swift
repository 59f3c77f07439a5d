import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct WaitCommandTests {
    let project: Project

    init() throws { project = try Project() }

    @Test(arguments: ["127.0.0.1", "::1"])
    func returnsWhenSomethingListens(on address: String) throws {
        _ = try project.run("book", "api")
        let waiting = try project.scratch.startOnTerminal([Program.portrun, "wait", "api"])
        try waiting.wait(for: "portrun: nothing listens on \(project.first) for `api` yet, ")
        let server = try Server(on: address, port: project.first, in: project.scratch)
        try waiting.wait(for: "\r\u{1B}[Kapi \(project.first)\r\n")
        #expect(try waiting.finish() == .exited(0))
        #expect(try project.run("wait", "api", "-q", "--timeout", "0") == .printed("\(project.first)\n"))
        try server.close()
    }

    @Test func theBookingMayComeLater() throws {
        let waiting = try project.scratch.startOnTerminal([Program.portrun, "wait", "api"])
        try waiting.wait(for: "nothing is booked for `api` yet")
        #expect(try project.run("status", "--all") == .printed(""))
        _ = try project.run("book", "api", "--port", "\(project.outside)")
        try waiting.wait(for: "nothing listens on \(project.outside) for `api` yet")
        let server = try Server(on: "127.0.0.1", port: project.outside, in: project.scratch)
        try waiting.wait(for: "api \(project.outside)\r\n")
        #expect(try waiting.finish() == .exited(0))
        try server.close()
    }

    @Test func waitsForDatagramsToo() throws {
        try project.scratch.write(
            "services: {dns: {image: x, ports: ['\(project.outside):53/udp']}}\n", to: "compose.yaml")
        _ = try project.run("book", "--auto")
        #expect(try project.run("wait", "dns", "--timeout", "0", "-q") == .failed(1, ""))
        let server = try Server(.udp, on: "127.0.0.1", port: project.outside, in: project.scratch)
        #expect(try project.run("wait", "dns", "--timeout", "0", "-q") == .printed("\(project.outside)\n"))
        try server.close()
    }

    @Test func givesUpInTheEnd() throws {
        #expect(
            try project.run("wait", "api", "--timeout", "0")
                == .failed(1, "portrun: nothing is booked for `api` in project after 0 s\n"))
        _ = try project.run("book", "api")
        #expect(
            try project.run("wait", "api", "--timeout", "1")
                == .failed(1, "portrun: nothing listens on \(project.first) for `api` in project after 1 s\n"))
        #expect(
            try project.run("wait", "api", "--timeout", "0", "-q", "--json")
                == Outcome(ending: .exited(1), output: "null\n", errors: ""))
    }

    @Test func controlCEndsItAtOnce() throws {
        let waiting = try project.scratch.startOnTerminal([Program.portrun, "wait", "api"])
        try waiting.wait(for: "nothing is booked for `api` yet")
        waiting.type("\u{3}")
        #expect(try waiting.finish() == .signalled(SIGINT))
        #expect(waiting.screen.text.hasSuffix("s left\u{1B}[K^C\r\n"))
    }

    /// As often as the seconds change, and on one line of the terminal.
    @Test func saysWhatItWaitsForOnce() throws {
        let name = "日本-" + String(repeating: "x", count: 40)
        let waiting = try project.scratch.startOnTerminal(
            ["/bin/sh", "-c", "read go; exec \"$LAUNCHER\" wait \(name) --timeout 1"])
        waiting.resize(columns: 40)
        waiting.type("\n")
        #expect(try waiting.finish() == .exited(1))
        let line = "\rportrun: nothing is booked for `日本-x…\u{1B}[K"
        #expect(waiting.screen.text.components(separatedBy: line).count == 2, "\(waiting.screen.text.debugDescription)")
    }

    @Test func printsJSON() throws {
        _ = try project.run("book", "api")
        let server = try Server(on: "127.0.0.1", port: project.first, in: project.scratch)
        let outcome = try project.run("wait", "api", "--json")
        let found = try JSONDecoder().decode(Lease.self, from: Data(outcome.output.utf8))
        #expect(found == Lease(service: "api", port: project.first, state: "listening", pid: nil))
        try server.close()
    }
}
