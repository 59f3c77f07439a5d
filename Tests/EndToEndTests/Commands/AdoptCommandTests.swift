import PortrunCore
import Testing

@Suite(.timeLimit(.minutes(10)))
struct AdoptCommandTests {
    let project: Project

    init() throws { project = try Project() }

    private func writeProject() throws {
        let port = project.outside
        try project.scratch.write(
            """
            services:
              db:
                image: postgres
                ports: ["\(port):5432"]
              cache:
                image: redis
                ports: ["6379"]
              sip:
                image: x
                ports: ["\(port + 1)-\(port + 3):5060-5062/udp"]

            """, to: "compose.yaml")
        try project.scratch.write("DB_PORT=\(port)\nAPI_PORT=\(port + 4)\n", to: ".env")
        try project.scratch.write(
            "{\n  \"scripts\": {\n    \"dev\": \"vite --port \(port + 5)\"\n  }\n}\n", to: "package.json")
    }

    @Test func booksWhatTheFilesBind() throws {
        try writeProject()
        let port = project.outside
        let expected = Outcome.printed(
            """
            db\t\(port)\tcompose.yaml:4, .env:1
            sip\t\(port + 1)-\(port + 3)/udp\tcompose.yaml:10
            api\t\(port + 4)\t.env:2
            web\t\(port + 5)\tpackage.json:3

            """)
        #expect(try project.run("adopt", "--dry-run") == expected)
        #expect(try project.run("list") == .printed(""))
        #expect(try project.run("adopt") == expected)
        #expect(try project.run("adopt") == expected)
        #expect(try project.run("adopt", "-q") == .printed(""))
        #expect(try project.run("list", "-q") == .printed("\(port)\n\(port + 1)\n\(port + 4)\n\(port + 5)\n"))
    }

    @Test func aBookingOfTheCheckoutKeepsItsName() throws {
        let port = project.outside
        _ = try project.run("book", "mail", "--port", "\(port)")
        try project.scratch.write("SMTP_PORT=\(port)\n", to: ".env")
        #expect(try project.run("adopt") == .printed("mail\t\(port)\t.env:1\n"))
        #expect(try project.run("list", "-q") == .printed("\(port)\n"))
    }

    @Test func namesWhoHasAPort() throws {
        try writeProject()
        let port = project.outside
        _ = try project.run("book", "x", "--port", "\(port + 4)", "--context", "other")
        #expect(
            try project.run("adopt", "-q")
                == .failed(1, "portrun: refused: .env:2: port \(port + 4) is booked by other x\n"))
        let json = try project.run("adopt", "--json")
        #expect(json.ending == .exited(1))
        #expect(
            json.output.contains(
                """
                    "found": [
                      {
                        "file": ".env",
                        "line": 2
                      }
                    ],
                    "refused": "port \(port + 4) is booked by other x"

                """))
        #expect(try project.run("get", "db", "--no-book", "-q") == .printed("\(port)\n"))
    }

    @Test func saysThatThereIsNothing() throws {
        #expect(try project.run("adopt") == .failed(1, "portrun: no ports found\n"))
    }
}
