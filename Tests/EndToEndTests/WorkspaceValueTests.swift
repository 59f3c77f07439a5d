import PortrunBase
import PortrunLaunch
import Testing

/// Values of a package's env file follow for a command that is launched at the root of its workspace.
@Suite(.timeLimit(.minutes(30)), .enabled(if: Program.find("npm") != nil, "npm is not installed"))
struct WorkspaceValueTests {
    private let project: Project
    private var port: Int { project.outside }

    init() throws {
        project = try Project()
        try project.becomeGuest()
        try project.scratch.write("services: {db: {image: x, ports: ['\(port):5432']}}\n", to: "compose.yaml")
        try project.scratch.write(
            """
            {"workspaces": ["web", "api"], "scripts": {"both": "npm run -s show --workspaces"}}
            """, to: "package.json")
        for (name, path) in [("web", "shop"), ("api", "audit")] {
            try project.scratch.write(
                "{\"name\": \"\(name)\", \"scripts\": {\"show\": \"echo \(name) $DB_URL $ONLY_URL\"}}",
                to: "\(name)/package.json")
            try project.scratch.write(
                "DB_URL=postgres://localhost:\(port)/\(path)\n" + (name == "web" ? "ONLY_URL=localhost:\(port)\n" : ""),
                to: "\(name)/.env")
        }
    }

    private func run(_ words: String) throws -> Outcome {
        try project.run(
            ["run", "--translate", "off", "--"] + words.split(separator: " ").map(String.init))
    }

    @Test func onePackagesValuesFollow() throws {
        let outcome = try run("npm run -s show -w web")
        let moved = project.first
        #expect(outcome.output == "web postgres://localhost:\(moved)/shop localhost:\(moved)\n", "\(outcome)")
        #expect(!outcome.errors.contains("warning"), "\(outcome)")
    }

    /// One environment cannot say two things: each file is told of.
    @Test func whatTwoPackagesSayOtherwiseIsToldOf() throws {
        let outcome = try run("npm run -s both")
        let moved = project.first
        #expect(outcome.output == "web localhost:\(moved)\napi localhost:\(moved)\n", "\(outcome)")
        for file in ["web/.env:1", "api/.env:1"] {
            let start = "portrun: warning: \(file): `DB_URL` keeps \(port), and `db` is on \(moved) here"
            #expect(outcome.errors.contains(start), "\(outcome)")
        }
    }
}
