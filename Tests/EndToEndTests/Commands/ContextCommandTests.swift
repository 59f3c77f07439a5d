import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct ContextCommandTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func showsTheFolderOutsideGit() throws {
        #expect(
            try project.run("context")
                == .printed("label  project\nhash   \(project.hash)\npath   \(project.scratch.project)\n"))
        #expect(
            try project.run("context", "--json")
                == .printed(
                    """
                    {
                      "hash": "\(project.hash)",
                      "label": "project",
                      "path": "\(project.scratch.project)",
                      "remote": null,
                      "branch": null,
                      "app": "project",
                      "instance": ""
                    }

                    """))
    }

    @Test func showsTheCheckout() throws {
        let outcome = try project.scratch.shell(
            """
            git init -q -b 'feature/ä b' . 2>/dev/null || git init -q -b feature/x .
            git remote add origin https://user:secret@example.org/team/myapp.git
            "$LAUNCHER" context --json
            """)
        #expect(outcome.ending == .exited(0))
        #expect(outcome.output.contains("\"label\": \"myapp/feature-"))
        #expect(outcome.output.contains("example.org/team/myapp.git"))
        #expect(!outcome.output.contains("secret"))
    }

    @Test func goesWhereItIsTold() throws {
        try project.scratch.write("{}", to: "sub/package.json")
        #expect(try project.run("context", "-C", "sub").output.hasPrefix("label  sub\n"))
        #expect(
            try project.run("context", "-C", "nope")
                == .failed(125, "portrun: error: cannot enter `nope`: No such file or directory\n"))
    }

    @Test func takesTheUsersNames() throws {
        #expect(try project.run("context", "--context", "a/b/c").output.hasPrefix("label  a/b/c\n"))
        #expect(
            try project.run("context", "--app", "x", "--instance", "y z").output.hasPrefix("label  x/y-z\n"))
        let refused = try project.run("context", "--context", "a", "--app", "b")
        #expect(refused.ending == .exited(64))
        #expect(refused.errors.hasPrefix("portrun: error: "))
    }
}
