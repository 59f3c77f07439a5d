import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
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
        func expected(_ result: String) -> Outcome {
            .printed(
                """
                db\t\(port)\tcompose.yaml:4, .env:1\t\(result)
                sip\t\(port + 1)-\(port + 3)/udp\tcompose.yaml:10\t\(result)
                api\t\(port + 4)\t.env:2\t\(result)
                web\t\(port + 5)\tpackage.json:3\t\(result)

                """)
        }
        #expect(try project.run("adopt", "--dry-run") == expected("would book"))
        #expect(try project.run("list") == .printed(""))
        #expect(try project.run("adopt") == expected("booked"))
        #expect(try project.run("adopt", "--dry-run") == expected("kept"))
        #expect(try project.run("adopt") == expected("kept"))
        #expect(try project.run("adopt", "-q") == .printed(""))
        #expect(try project.run("list", "-q") == .printed("\(port)\n\(port + 1)\n\(port + 4)\n\(port + 5)\n"))
    }

    /// It is one service, whichever of the two comes first.
    @Test func aContainerElsewhereHasWhatIsBookedForItsNumber() throws {
        try project.becomeGuest()
        let port = project.outside
        try project.scratch.write("STORE_PORT=\(port)\n", to: ".env")
        try project.scratch.write("services: {store: {image: x, ports: ['\(port):80']}}\n", to: "infra/compose.yaml")
        for _ in 1...2 {
            #expect(try project.run("adopt").output.hasPrefix("store\t\(project.first)\t.env:1\t"))
            #expect(try project.run("book", "--auto", "-C", "infra").output == "store \(project.first)\n")
        }
        #expect(try project.run("list", "-q") == .printed("\(project.first)\n"))
    }

    @Test func nothingHasMovedBeforeItIsBooked() throws {
        try project.becomeGuest()
        try project.scratch.write("STORE_PORT=\(project.outside)\n", to: ".env")
        let (from, to) = (project.outside, project.first)
        let planned = try project.run("adopt", "--dry-run")
        #expect(planned.output == "store\t\(to)\t.env:1\twould book\n", "\(planned)")
        #expect(
            planned.errors
                == "portrun: `store` would move from \(from) to \(to): \(from) is the main checkout's\n")
        #expect(try project.run("adopt").errors.hasPrefix("portrun: `store` moved from \(from) to \(to): "))
    }

    @Test func aBookingOfTheCheckoutKeepsItsName() throws {
        let port = project.outside
        _ = try project.run("book", "mail", "--port", "\(port)")
        try project.scratch.write("SMTP_PORT=\(port)\n", to: ".env")
        #expect(try project.run("adopt") == .printed("mail\t\(port)\t.env:1\tkept\n"))
        #expect(try project.run("list", "-q") == .printed("\(port)\n"))
    }

    /// Also where that is another port than the files say.
    @Test func aBookingThatHasMovedKeepsItsName() throws {
        try project.becomeGuest()
        try project.scratch.write("API_PORT=\(project.outside)\n", to: ".env")
        try project.scratch.write("{\"scripts\": {\"dev\": \"vite --port \(project.outside)\"}}", to: "package.json")
        let launch = try project.run("-q", "--", "npm", "run", "dev")
        #expect(launch.errors.contains("vite") || launch.ending != .exited(0), "there is none, and its port is booked")
        #expect(try project.run("get", "web", "--no-book", "-q") == .printed("\(project.web)\n"))
        let outcome = try project.run("adopt")
        #expect(outcome.output == "web\t\(project.web)\t.env:1, package.json:1\tkept\n", "\(outcome)")
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

    /// What a project's files bind, and what a command there, in place of npm, finds in PORT, APP_PORT, VITE_PORT,
    /// STORYBOOK_PORT and DB_PORT; `{1}` is the first of the ports that no range has.
    struct Sample: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let files: [String: String]
        var folder = "."
        let command: [String]
        let found: String
        let adopted: [String: String]
    }

    private static let samples = [
        Sample(
            testDescription: "a command beside a container called web",
            files: [
                "compose.yaml": "services: {web: {image: x, ports: ['{1}:80']}, db: {image: x, ports: ['{2}:5432']}}",
                ".env": "PORT={3}",
            ], command: ["run", "it"], found: "- - - - -", adopted: ["web": "{1}", "db": "{2}", "app": "{3}"]),
        Sample(
            testDescription: "two servers in one script",
            files: ["package.json": #"{"scripts": {"both": "concurrently 'vite --port {1}' 'storybook dev -p {2}'"}}"#],
            command: ["run", "both"], found: "- - - - -", adopted: ["vite": "{1}", "storybook": "{2}"]),
        Sample(
            testDescription: "one server, of a script that is not called after what it does",
            files: ["package.json": #"{"scripts": {"docs:site": "vite --port {1}", "build": "vite build"}}"#],
            command: ["run", "docs:site"], found: "- - - - -", adopted: ["web": "{1}"]),
        Sample(
            testDescription: "a container of an inactive profile that stands in for the command",
            files: [
                "compose.yaml": """
                services: {app: {image: x, profiles: [full], ports: ['{1}:80']}, db: {image: x, profiles: [full],
                  ports: ['{2}:5432']}}
                """,
                "package.json": #"{"scripts": {"dev": "next dev -p {1}"}}"#,
            ], command: ["run", "dev"], found: "- - - - -", adopted: ["web": "{1}", "db": "{2}"]),
        Sample(
            testDescription: "a folder below the compose file",
            files: [
                "compose.yaml": "services: {db: {image: x, ports: ['{1}:5432']}}", ".env": "PORT={2}\nAPI_PORT={3}",
                "apps/web/package.json": #"{"scripts": {"test": "PORT={4} node ."}}"#,
            ], folder: "apps/web", command: ["run", "dev"], found: "- - - - -",
            adopted: ["db": "{1}", "apps-web": "{2}", "api": "{3}", "test": "{4}"]),
        Sample(
            testDescription: "a folder below the package",
            files: ["package.json": #"{"scripts": {"dev": "vite --port {1}"}}"#, "src/x": ""], folder: "src",
            command: ["run", "dev"], found: "- - - - -", adopted: ["src": "{1}"]),
        Sample(
            testDescription: "a folder below a makefile",
            files: [
                "compose.yaml": "services: {db: {image: x, ports: ['{1}:5432']}}",
                "Makefile": "run:\n\tPORT={2} ./serve\n", "Procfile": "web: ./x -p {3}", "apps/api/x": "",
            ], folder: "apps/api", command: ["run", "it"], found: "- - - - -",
            adopted: ["db": "{1}", "web": "{2}", "web-{3}": "{3}"]),
        Sample(
            testDescription: "env files that no launch reads",
            files: [".env.production": "PORT={1}", ".env.example": "PORT={2}"],
            command: ["run", "it"], found: "- - - - -", adopted: ["web-{1}": "{1}", "web-{2}": "{2}"]),
        Sample(
            testDescription: "makefiles and Procfiles",
            files: [
                "Makefile": "run:\n\tpython3 -m http.server {1}\ndb:\n\tdocker run --publish {2}:5432 postgres\n",
                "Procfile": "web: rails s -p {1}\nmail: mailpit --listen :{3}\n",
            ], command: ["run", "it"], found: "- - - - -", adopted: ["web": "{1}", "db": "{2}", "mail": "{3}"]),
    ]

    /// `text` with the numbers in.
    private func filled(_ text: String) -> String {
        let numbers = (1...4).map { ("{\($0)}", project.outside + $0) } + [("{web}", project.web)]
        return numbers.reduce(text) { $0.replacingOccurrences(of: $1.0, with: "\($1.1)") }
    }

    @Test(arguments: samples)
    func aLaunchFindsWhatWasAdopted(_ sample: Sample) throws {
        let root = project.scratch.project
        let variables = ["PORT", "APP_PORT", "VITE_PORT", "STORYBOOK_PORT", "DB_PORT"]
        try project.scratch.writeProgram(
            "#!/bin/sh\necho " + variables.map { "${\($0):--}" }.joined(separator: " ") + "\n", to: "npm")
        try #require(try project.scratch.run(["/usr/bin/git", "init", "-q"]).ending == .exited(0))
        for (file, text) in sample.files { try project.scratch.write(filled(text), to: file) }
        let place = ["-C", "\(root)/\(sample.folder)"]
        #expect(try project.run(["adopt", "-q"] + place) == .printed(""))
        // Nothing moves: standard error is empty.
        #expect(
            try project.run(["run"] + place + ["--", "\(root)/npm"] + sample.command)
                == .printed(filled(sample.found) + "\n"))
        #expect(try project.run(["export"] + place).errors.isEmpty)
        for (service, port) in sample.adopted {
            #expect(try project.run(["get", filled(service), "-q"] + place) == .printed(filled(port) + "\n"))
        }
    }

    /// Vite does not read the `PORT` of an env file: the name that its launch has is for its own port.
    @Test func aLaunchMovesNothingOfWhatWasAdopted() throws {
        let port = project.outside
        try project.scratch.writeProgram("#!/bin/sh\n", to: "npm")
        try project.scratch.write(
            #"{"scripts": {"dev": "vite --port \#(port)", "start": "vite preview --port \#(port + 1)"}}"#,
            to: "package.json")
        try project.scratch.write("PORT=\(port + 2)\n", to: ".env")
        #expect(
            try project.run("adopt")
                == .printed(
                    """
                    web-\(port + 2)\t\(port + 2)\t.env:1\tbooked
                    web\t\(port)\tpackage.json:1\tbooked
                    web-\(port + 1)\t\(port + 1)\tpackage.json:1\tbooked

                    """))
        for (script, web) in [("dev", port), ("start", port + 1), ("dev", port)] {
            let npm = project.scratch.project + "/npm"
            #expect(try project.run("run", "--", npm, "run", "-s", script) == .printed(""))
            #expect(try project.run("get", "web", "--no-book", "-q") == .printed("\(web)\n"))
            let status = try project.run("status", "-q")
            #expect(status == .printed("\(port)\n\(port + 1)\n\(port + 2)\n"), "\(status)")
        }
        #expect(try project.run("status").errors == "", "nothing leads elsewhere")
    }

    @Test func goesOnBehindABrokenPackage() throws {
        let port = project.outside
        try project.scratch.write("{", to: "package.json")
        try project.scratch.write("PORT=\(port)\n", to: ".env")
        #expect(
            try project.run("adopt")
                == Outcome(
                    ending: .exited(0), output: "web\t\(port)\t.env:1\tbooked\n",
                    errors: "portrun: warning: package.json: no valid JSON, so its scripts are not read\n"))
    }

    @Test func saysThatThereIsNothing() throws {
        #expect(try project.run("adopt") == .failed(1, "portrun: no ports found\n"))
    }
}
