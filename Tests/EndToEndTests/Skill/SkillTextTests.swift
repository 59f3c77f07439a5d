import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// Every command of the skill does what the skill says, in a project of the kind that it speaks of.
@Suite(.timeLimit(.minutes(30)))
struct SkillTextTests {
    let project: Project

    init() throws {
        project = try Project()
        try project.becomeGuest()
        try project.scratch.write(
            #"{"scripts": {"dev": "python3 server.py", "test": "echo tested"}}"#, to: "package.json")
        try project.scratch.write("services: {postgres: {image: x, ports: ['5432:5432']}}\n", to: "compose.yaml")
        try project.scratch.write(
            """
            import http.server, os, sys
            port = int(sys.argv[1]) if len(sys.argv) > 1 else int(os.environ["PORT"])
            http.server.HTTPServer(("127.0.0.1", port), http.server.SimpleHTTPRequestHandler).serve_forever()

            """, to: "server.py")
        try project.scratch.write(
            """
            #!/bin/sh
            echo "run with $*, PORT=$PORT"

            """, to: "server")
        _ = try project.scratch.shell("chmod +x server; mkdir ../tools")
        // What starts containers is only to be asked for, and so is npm, which not every machine has.
        for tool in ["docker", "npm"] {
            let text = "#!/bin/sh\ncase $* in *version*) echo 2.40.0;; *) echo \(tool) \"$@\";; esac\n"
            try project.scratch.write(text, to: "../tools/\(tool)")
        }
        _ = try project.scratch.shell("chmod +x ../tools/*")
    }

    private func commands() throws -> [String] {
        var isInside = false
        var commands: [String] = []
        for line in try project.run("skill").output.split(separator: "\n") {
            if line.hasPrefix("```") {
                isInside = line == "```sh"
            } else if isInside {
                commands.append(String(line))
            }
        }
        return commands
    }

    /// Runs a command of the skill as a shell does.
    private func run(_ command: String) throws -> Outcome {
        let environment = project.scratch.environment.map {
            $0.hasPrefix("PATH=")
                ? "PATH=\(Path.parent(Program.portrun)):\(project.scratch.path)/tools:/usr/local/bin:/usr/bin:/bin" : $0
        }
        return try project.scratch.run(["/bin/sh", "-c", command], environment: environment)
    }

    @Test func eachDoesWhatItSays() throws {
        let web = project.web
        let server = try project.scratch.start(
            [Program.portrun, "run", "web", "--", "/usr/bin/env", "python3", "server.py"])
        defer { server.signal(SIGTERM) }
        var seen: [String] = []
        for command in try commands() {
            let outcome = try run(command)
            // What the skill promises of each: its status, and a part of its output.
            let expected: (status: Int32, part: String) =
                switch command {
                case "portrun -- npm run dev": (0, "npm run dev\n")
                case "portrun -- docker compose up -d": (0, "docker compose -f ")
                case "portrun run api -- ./server": (0, "run with , PORT=\(web + 2)\n")
                case "portrun -- ./server --listen :{port}": (0, "run with --listen :")
                case "portrun -- npm test": (0, "npm test\n")
                case "portrun status": (0, "\tlive\t")
                case "portrun wait web --timeout 30": (0, "")
                case "portrun lookup web --url": (0, "http://127.0.0.1:\(web)\n")
                case "portrun get postgres --quiet": (0, "\(project.postgres)\n")
                case "portrun explain -- npm run dev": (0, "POSTGRES_PORT")
                case "portrun check 5432": (0, "5432")
                case "portrun run --use-main postgres -- npm run dev": (0, "npm run dev\n")
                case #"portrun book mail --description "for the review""#: (0, "mail")
                case "portrun list": (0, "\tmail\t")
                case "portrun release mail": (0, "mail")
                case "portrun gc": (0, "")
                default: (-1, "")
                }
            #expect(outcome.ending == .exited(expected.status), "\(command): \(outcome)")
            #expect(outcome.output.contains(expected.part), "\(command): \(outcome)")
            seen.append(command)
        }
        #expect(seen.count == 16)
    }
}
