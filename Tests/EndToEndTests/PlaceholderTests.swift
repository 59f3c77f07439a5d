import Testing

struct PlaceholderTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func standForPorts() throws {
        let outcome = try project.run(
            "--", "/bin/echo", "{port}", "{url}/x", "{port:api}", "{url:api}", "{{port}}", "{print}", "${port}")
        #expect(
            outcome
                == .printed(
                    "\(project.web) http://localhost:\(project.web)/x \(project.first) "
                        + "http://localhost:\(project.first) {port} {print} ${port}\n"))
        #expect(try project.run("get", "--no-book", "-q", "api") == .printed("\(project.first)\n"))
    }

    @Test func standForPortsOfServices() throws {
        try project.scratch.write(
            "services: {db: {image: postgres, ports: ['\(project.outside):5432']}}\n", to: "compose.yaml")
        #expect(try project.run("--", "/bin/echo", "{port:db}") == .printed("\(project.outside)\n"))
    }

    @Test func stayWhenPortrunIsSwitchedOff() throws {
        #expect(try project.run("--", "/bin/echo", "{port}", variables: ["PORTRUN=0"]) == .printed("{port}\n"))
    }

    @Test func areNothingOfComposeItself() throws {
        #expect(
            try project.run("--", "docker", "compose", "run", "web", "{port}")
                == .failed(
                    64,
                    """
                    portrun: error: `{port}` and `{url}` are the command's own, and compose has none
                    portrun: hint: `{port:NAME}` is a service's, and `{{port}}` stands for the text `{port}`

                    """))
    }
}
