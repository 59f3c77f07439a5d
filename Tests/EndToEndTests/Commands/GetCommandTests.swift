import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct GetCommandTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func booksOnceAndSaysItEver() throws {
        let (web, first) = (project.web, project.first)
        #expect(try project.run("get", "web") == .printed("web \(web)\n"))
        #expect(try project.run("get", "api") == .printed("api \(first)\n"))
        #expect(try project.run("get", "web", "-q") == .printed("\(web)\n"))
        #expect(try project.run("get", "--quiet", "api") == .printed("\(first)\n"))
    }

    @Test func onlyLooksWhenTold() throws {
        #expect(
            try project.run("get", "web", "--no-book")
                == .failed(1, "portrun: nothing booked for `web` in project\n"))
        #expect(try project.run("get", "web", "--no-book", "-q") == .failed(1, ""))
        #expect(try project.run("status") == .printed(""))
        _ = try project.run("get", "web")
        #expect(try project.run("get", "web", "--no-book", "-q") == .printed("\(project.web)\n"))
    }

    /// Unless this checkout has a service of that name.
    @Test func aRegisteredNameStandsForItsPort() throws {
        let (port, web) = (project.outside, project.web)
        #expect(try project.run("register", "web", "\(port)").ending == .exited(0))
        let notice =
            "portrun: `web` is a registered name of this machine; `portrun book web` books a port of that name here\n"
        for words in [["get", "web"], ["get", "web", "--no-book"]] {
            #expect(
                try project.run(words) == Outcome(ending: .exited(0), output: "web \(port)\n", errors: notice))
        }
        #expect(try project.run("get", "web", "-q") == .printed("\(port)\n"))
        #expect(try project.run("get", "web", "--json", "-q").output.contains("\"port\": \(port)"))
        #expect(try project.run("status").output == "")
        #expect(try project.run("book", "web", "-q") == .printed("\(web)\n"))
        #expect(try project.run("get", "web") == .printed("web \(web)\n"))
    }

    @Test(arguments: ["get", "book"])
    func saysThatAFileIsBroken(_ command: String) throws {
        try project.scratch.write("services: [\n", to: "compose.yaml")
        let outcome = try project.run(command, "web")
        #expect(outcome.ending == .exited(0) && outcome.output == "web \(project.web)\n")
        #expect(outcome.errors.hasPrefix("portrun: warning: compose.yaml:"), "\(outcome)")
        #expect(try project.run(command, "api", "-q").errors == "")
    }

    @Test func knowsWhatTheProjectDeclares() throws {
        let port = project.outside
        try project.scratch.write(
            "services: {db: {image: postgres, ports: ['\(port):5432']}}\n", to: "compose.yaml")
        #expect(try project.run("get", "db") == .printed("db \(port)\n"))
    }

    @Test func findsAServiceOfUDP() throws {
        let port = project.outside
        try project.scratch.write(
            "services: {dns: {image: x, ports: ['\(port):53/udp']}}\n", to: "compose.yaml")
        #expect(try project.run("get", "dns") == .printed("dns \(port)/udp\n"))
        #expect(try project.run("get", "dns", "--no-book") == .printed("dns \(port)/udp\n"))
    }

    @Test func hasThePortThatTheCommandHad() throws {
        let outcome = try project.run("--", "/bin/sh", "-c", "echo $PORT")
        #expect(outcome == .printed("\(project.web)\n"))
        #expect(try project.run("get", "web", "-q") == outcome)
    }

    @Test func printsJSON() throws {
        #expect(
            try project.run("get", "api", "--no-book", "--json", "-q")
                == Outcome(ending: .exited(1), output: "null\n", errors: ""))
        let outcome = try project.run("get", "api", "--json")
        let booking = try JSONDecoder().decode(Lease.self, from: Data(outcome.output.utf8))
        #expect(booking == Lease(service: "api", port: project.first, state: "idle", pid: nil))
        #expect(try project.run("get", "api", "--no-book", "--json") == outcome)
    }
}
