import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(10)))
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
