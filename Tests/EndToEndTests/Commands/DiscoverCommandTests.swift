import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct DiscoverCommandTests {
    let project: Project

    init() throws { project = try Project() }

    private func writeCompose() throws {
        try project.scratch.write(
            """
            name: shop
            services:
              db:
                image: postgres:17
                ports:
                  - "${PG_PORT:-\(project.outside)}:5432"
              dns:
                image: x
                ports: ["127.0.0.1:\(project.outside + 1):53/udp", "80"]
              tools:
                image: x
                profiles: [tools]
                ports: ["\(project.outside + 2):80"]

            """, to: "compose.yaml")
    }

    /// foreman and honcho let their env file win over the environment.
    @Test func aValueThatTheRunnerOfAProcfileReadsFollowsByNoVariable() throws {
        try writeCompose()
        try project.scratch.write("STORE_URL=http://localhost:\(project.outside)/\n", to: ".env")
        func way() throws -> Substring? {
            let line = try project.run("discover").output.split(separator: "\n").first { $0.hasPrefix("localhost:") }
            return line?.split(separator: "\t").dropFirst(2).first
        }
        #expect(try way() == "by value")
        try project.scratch.write("web: ./server\n", to: "Procfile")
        #if os(Linux)
            #expect(try way() == "by translation")
        #else
            #expect(try way() == "not at all")
        #endif
    }

    @Test func listsWhatIsPublished() throws {
        try writeCompose()
        _ = try project.run("book", "--auto")
        let port = project.outside
        #expect(
            try project.run("discover")
                == .printed(
                    """
                    db\t\(port)\t5432\ttcp\tPG_PORT\t\(port)\tno\tpostgres\tcompose.yaml:6
                    dns\t127.0.0.1:\(port + 1)\t53\tudp\t-\t\(port + 1)\tno\tdefault\tcompose.yaml:9
                    dns\tany\t80\ttcp\t-\t\(project.first)\toverride\tdefault\tcompose.yaml:9
                    tools (inactive)\t\(port + 2)\t80\ttcp\t-\t-\tnever\tdefault\tcompose.yaml:13

                    """))
    }

    /// A thousand ports are printed in several parts, and are one document nonetheless.
    @Test func printsOneDocumentHoweverMuch() throws {
        try project.scratch.write(
            "services: {a: {image: x, ports: ['7001-8000:1001-2000']}, b: {image: x, ports: ['80']}}\n",
            to: "compose.yaml")
        let text = try project.run("discover", "--json").output
        #expect(
            text.hasPrefix("{\n  \"project\": ")
                && text.hasSuffix("\n  ],\n  \"findings\": [],\n  \"addresses\": [],\n  \"learned\": []\n}\n"))
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let ports = try #require(object?["ports"] as? [[String: Any]])
        #expect(ports.compactMap { $0["published"] as? String } == (7001...8000).map(String.init))
        #expect(ports.last?["service"] as? String == "b")
    }

    @Test func saysThatThereAreMoreAddressesThanItLists() throws {
        try writeCompose()
        let lines = (0..<1001).map { "\"localhost:\(project.outside)\" \($0)\n" }.joined()
        try project.scratch.write(lines, to: "a.ts")
        let outcome = try project.run("discover", "--json")
        #expect(outcome.output.components(separatedBy: "a.ts").count == 1001)
        #expect(
            outcome.errors
                == "portrun: warning: more than 1000 addresses name these ports: the rest is left out\n")
    }

    @Test func listsEachAddressThatNamesADeclaredPortAndHowItFollows() throws {
        try project.becomeGuest()
        let (port, own) = (project.outside, project.outside + 1)
        let url = "postgres://localhost:\(port)/x"
        try project.scratch.write(
            """
            services:
              db: {image: postgres, ports: ['\(port):5432']}
              ui: {image: x, environment: {A: 'localhost:\(port)', B: 'db:\(port)'}, command: 'x localhost:\(port)'}

            """, to: "compose.yaml")
        try project.scratch.write("\nURL=\(url)\n", to: ".env")
        try project.scratch.write(
            "const a = 'http://127.0.0.1:\(port)', b = '\(url)';\n// localhost:1\n", to: "src/db.ts")
        try project.scratch.write("URL=\(url)\n", to: "api/.env.local")
        try project.scratch.write("URL=\(url)\n", to: "node_modules/x/index.js")
        try project.scratch.write("\0 localhost:\(port)\n", to: "data.bin")
        try project.scratch.write(".env*\n", to: ".gitignore")
        try project.scratch.write("import os; os.environ.get('PORT', '\(own)') # localhost:\(own)\n", to: "server.py")
        try #require(try project.run("-q", "--", "python3", "server.py").ending == .exited(0))
        let rows = try project.run("discover").output.split(separator: "\n").map(String.init)
        #expect(
            rows.suffix(5) == Self.rows(port, own, Translation.isSupported ? "by translation" : "not at all"), "\(rows)"
        )
        let without = try project.run("config", "--translate", "off")
        #expect(without.errors == "portrun: commands keep the localhost of the machine, whatever has moved\n")
        let untranslated = try project.run("discover").output.split(separator: "\n").map(String.init)
        #expect(untranslated.suffix(5) == Self.rows(port, own, "not at all"), "\(untranslated)")
        try #require(try project.run("write", "--env", "-q") == .printed(""))
        let json = try project.run("discover", "--json").output
        #expect(json.components(separatedBy: "\"follows\": \"written\"").count == 3, "\(json)")
    }

    /// A launch sets no variable that a test's file has as well, and what publishes a port is no address.
    @Test func aValueLeftToATestsFileFollowsByNoVariable() throws {
        let port = project.outside
        try project.scratch.write(
            "services:\n  db:\n    image: postgres\n    ports: ['127.0.0.1:\(port):5432']\n", to: "compose.yaml")
        try project.scratch.write("URL=localhost:\(port)/x\nB=localhost:\(port)\n", to: ".env")
        try project.scratch.write("URL=localhost:\(port)/test\n", to: ".env.test")
        try project.scratch.write("docker run -p 127.0.0.1:\(port):5432/tcp x\n", to: "db.sh")
        let way = Translation.isSupported ? "by translation" : "not at all"
        let rows = try project.run("discover").output.split(separator: "\n").map(String.init)
        #expect(
            rows.filter { $0.hasPrefix("localhost:") } == [
                "localhost:\(port)\tdb\t\(way)\t.env:1", "localhost:\(port)\tdb\tby value\t.env:2",
                "localhost:\(port)\tdb\t\(way)\t.env.test:1",
            ], "\(rows)")
    }

    /// In a checkout where nothing has moved, too: what would follow is said before it has to.
    @Test func textsForPeopleAreCounted() throws {
        let port = project.outside
        try project.scratch.write("services: {db: {image: postgres, ports: ['\(port):5432']}}\n", to: "compose.yaml")
        try project.scratch.write("See http://localhost:\(port) and\nlocalhost:\(port)\n", to: "README.md")
        try project.scratch.write("localhost:\(port)\n", to: "docs/setup.rst")
        try project.scratch.write("const a = 'localhost:\(port)';\n", to: "src/db.ts")
        let way = Translation.isSupported ? "by translation" : "not at all"
        let output = try project.run("discover").output
        #expect(
            output.hasSuffix(
                "\nlocalhost:\(port)\tdb\t\(way)\tsrc/db.ts:1\n3 more in documentation, the first in README.md:1\n"),
            "\(output)")
        let json = try project.run("discover", "--json").output
        #expect(json.components(separatedBy: "\"follows\":").count == 5, "\(json)")
    }

    private static func rows(_ port: Int, _ own: Int, _ source: String) -> [String] {
        [
            "localhost:\(port)\tdb\tby value\t.env:2", "localhost:\(port)\tdb\t\(source)\tapi/.env.local:1",
            "localhost:\(port)\tdb\tby override\tcompose.yaml:3", "localhost:\(own)\tweb\t\(source)\tserver.py:1",
            "localhost:\(port)\tdb\t\(source)\tsrc/db.ts:1",
        ]
    }

    @Test func whatTheMainWorktreeSharesIsNeitherBookedNorMoved() throws {
        let port = project.outside
        let outcome = try project.scratch.shell(
            """
            set -e
            git init -q -b main shop && cd shop
            cat >compose.yaml <<'C'
            x-portrun: {share: [db]}
            services:
              db: {image: postgres, ports: ['\(port):5432']}
              web: {image: x, ports: ['\(port + 1):80']}
            C
            git add . && git -c user.name=a -c user.email=a@example.org commit -q -m first
            "$LAUNCHER" book --auto
            git worktree add -q -b feature ../feature 2>/dev/null && cd ../feature
            "$LAUNCHER" book --auto 2>/dev/null
            "$LAUNCHER" discover
            "$LAUNCHER" discover --json | grep shared
            """)
        #expect(
            outcome
                == .printed(
                    """
                    db \(port)
                    web \(port + 1)
                    web \(project.web)
                    db (main's)\t\(port)\t5432\ttcp\t-\t-\tnever\tpostgres\tcompose.yaml:3
                    web\t\(port + 1)\t80\ttcp\t-\t\(project.web)\toverride\tweb\tcompose.yaml:4
                          "shared": true,
                          "shared": false,

                    """))
    }

    @Test func printsJSON() throws {
        try project.scratch.write(
            "services:\n  db:\n    image: postgres\n    ports: [\"${PG_PORT:-\(project.outside)}:5432\"]\n",
            to: "compose.yaml")
        #expect(
            try project.run("discover", "--json")
                == .printed(
                    """
                    {
                      "project": "project",
                      "files": [
                        "\(project.scratch.project)/compose.yaml"
                      ],
                      "ports": [
                        {
                          "service": "db",
                          "target": 5432,
                          "protocol": "tcp",
                          "published": "\(project.outside)",
                          "host_ip": null,
                          "variable": "PG_PORT",
                          "file": "\(project.scratch.project)/compose.yaml",
                          "line": 4,
                          "active": true,
                          "shared": false,
                          "kind": "postgres",
                          "booked": null,
                          "moves": null
                        }
                      ],
                      "findings": [],
                      "addresses": [],
                      "learned": []
                    }

                    """))
    }

    /// A project whose ports are taken, and whose values name one of them.
    private func writeMoving() throws {
        let port = project.outside
        try project.scratch.write(
            """
            services:
              db:
                image: postgres
                container_name: shop-db
                ports: ["${PG_PORT:-\(port)}:5432"]
              web:
                image: x
                ports: ["\(port + 1):80"]
                environment:
                  PUBLIC_URL: http://localhost:\(port + 1)
                labels: [url=http://localhost:\(port + 1)]
              proxy:
                image: x
                network_mode: host
            """, to: "compose.yaml")
        for (name, port) in [("db", port), ("web", port + 1)] {
            let other = try project.run("book", "--context", "other", name, "--port", "\(port)")
            try #require(other.ending == .exited(0), "\(other)")
        }
    }

    @Test func tellsHowPortsMoveAndWhatStandsInTheWay() throws {
        try writeMoving()
        let outcome = try project.run("book", "--auto")
        try #require(outcome.ending == .exited(0), "\(outcome)")
        let port = project.outside
        #expect(
            try project.run("discover")
                == .printed(
                    """
                    db\t\(port)\t5432\ttcp\tPG_PORT\t\(project.postgres)\tvariable\tpostgres\tcompose.yaml:5
                    web\t\(port + 1)\t80\ttcp\t-\t\(project.web)\toverride\tweb\tcompose.yaml:8

                    compose.yaml:4: container `shop-db` can exist once: other checkouts put their project's name before it
                    compose.yaml:14: `proxy` is on the host's network: what it binds is not seen and cannot move
                    compose.yaml:11: `url` of `web` says `localhost:\(port + 1)`, but web is on \(project.web) here

                    localhost:\(port + 1)\tweb\tby override\tcompose.yaml:10
                    localhost:\(port + 1)\tweb\t\(Translation.isSupported ? "by translation" : "not at all")\tcompose.yaml:11

                    """))
        let json = try project.run("discover", "--json").output
        #expect(
            json.contains(
                """
                    {
                      "kind": "old_port",
                      "service": "web",
                      "name": "url",
                      "file": "\(project.scratch.project)/compose.yaml",
                      "line": 11,
                      "message": "`url` of `web` says `localhost:\(port + 1)`, but web is on \(project.web) here"
                    }
                  ],
                  "addresses": [
                    {

                """), "\(json)")
    }

    @Test func aRunTellsOnceWhichValuesNameAPortThatMoves() throws {
        try writeMoving()
        let notice =
            "portrun: compose.yaml:11: `url` of `web` says `localhost:\(project.outside + 1)`, but web is on "
        let first = try project.run("--", "/bin/true")
        #expect(first.ending == .exited(0) && first.errors.contains(notice), "\(first)")
        let second = try project.run("--", "/bin/true")
        #expect(second == .printed(""))
    }

    @Test func takesTheFlagsOfCompose() throws {
        try writeCompose()
        try project.scratch.write("PG_PORT=\(project.outside + 9)\n", to: "other.env")
        let outcome = try project.run(
            "discover", "-f", "compose.yaml", "--profile", "tools", "--env-file", "other.env", "-p", "x",
            "--json")
        #expect(outcome.output.contains("\"published\": \"\(project.outside + 9)\""))
        #expect(outcome.output.contains("\"project\": \"x\""))
        #expect(!outcome.output.contains("\"active\": false"))
    }

    @Test func thereMayBeNothing() throws {
        #expect(try project.run("discover") == .printed(""))
        #expect(
            try project.run("discover", "--json")
                == .printed(
                    "{\n  \"project\": null,\n  \"files\": [],\n  \"ports\": [],\n  \"findings\": [],\n  \"addresses\": [],\n  \"learned\": []\n}\n"
                ))
        #expect(try project.run("book", "--auto") == .printed(""))
    }

    static let broken = [
        (
            "services:\n  a:\n    ports: [x:y]\n",
            "compose.yaml:3: invalid port `x:y`: `y` is no container port"
        ),
        ("services:\n  a: [\n", "compose.yaml:3: invalid YAML: did not find expected node content"),
    ]

    @Test(arguments: broken)
    func saysWhereAFileIsWrong(_ text: String, message: String) throws {
        try project.scratch.write(text, to: "compose.yaml")
        for words in [["discover"], ["discover", "--json"], ["book", "--auto"]] {
            #expect(try project.run(words) == .failed(125, "portrun: error: \(message)\n"))
        }
    }

    @Test(arguments: broken)
    func aWrongFileKeepsNoCommandFromRunning(_ text: String, message: String) throws {
        try project.scratch.write(text, to: "compose.yaml")
        let run = try project.run("--", "/bin/sh", "-c", "echo $PORT; exit 3")
        #expect(run.ending == .exited(3))
        #expect(run.output == "\(project.web)\n")
        #expect(run.errors.hasPrefix("portrun: warning: \(message)\n"))
        #expect(try project.run("run", "-q", "--", "/bin/true") == .printed(""))
        let export = try project.run("export")
        #expect(export.ending == .exited(0))
        #expect(export.output.contains("\nexport COMPOSE_PROJECT_NAME=project\n"))
        #expect(export.errors.hasPrefix("portrun: warning: \(message)\n"))
    }
}
