import PortrunCore
import Testing

@Suite(.timeLimit(.minutes(1)))
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

    @Test func listsWhatIsPublished() throws {
        try writeCompose()
        _ = try project.run("book", "--auto")
        let port = project.outside
        #expect(
            try project.run("discover")
                == .printed(
                    """
                    db\t\(port)\t5432\ttcp\tPG_PORT\t\(port)\tpostgres\tcompose.yaml:6
                    dns\t127.0.0.1:\(port + 1)\t53\tudp\t-\t\(port + 1)\tdefault\tcompose.yaml:9
                    dns\tany\t80\ttcp\t-\t\(project.first)\tdefault\tcompose.yaml:9
                    tools (inactive)\t\(port + 2)\t80\ttcp\t-\t-\tdefault\tcompose.yaml:13

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
                          "kind": "postgres",
                          "booked": null
                        }
                      ]
                    }

                    """))
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
                == .printed("{\n  \"project\": null,\n  \"files\": [],\n  \"ports\": []\n}\n"))
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
        #expect(export.output.hasPrefix("export PORT=\(project.web)\n"))
        #expect(export.errors.hasPrefix("portrun: warning: \(message)\n"))
    }
}
