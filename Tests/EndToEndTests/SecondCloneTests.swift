import Testing

/// The second of two clones on one branch is to the first as a linked worktree is to the main one.
@Suite(.timeLimit(.minutes(30)))
struct SecondCloneTests {
    let project: Project
    /// The number that the first clone has, and one that nobody has.
    private let (main, wished): (Int, Int)

    init() throws {
        project = try Project()
        (main, wished) = (project.outside, project.outside + 1)
        try project.scratch.write(
            "services: {db: {image: postgres, ports: ['${POSTGRES_PORT:-\(main)}:5432']}}\n", to: "../one/compose.yaml")
        try project.scratch.write(".env\n", to: "../one/.gitignore")
        try #require(
            try project.scratch.shell(
                """
                cd ../one && git init -q -b main && git add .
                git -c user.name=a -c user.email=a@example.org commit -q -m first
                git remote add origin git@example.org:acme/shop.git
                git clone -q . "$OLDPWD" && cd "$OLDPWD" && git remote set-url origin git@example.org:acme/shop.git
                """) == .printed(""))
        try #require(try inFirst("book --auto -q").ending == .exited(0))
    }

    private func inFirst(_ words: String) throws -> Outcome {
        try project.scratch.shell("cd ../one && '\(Program.portrun)' \(words)")
    }

    private let words = ["--", "/bin/sh", "-c", "echo $POSTGRES_PORT"]

    @Test func aWishOfTheEnvironmentIsHadUnlessItIsTheFirstClones() throws {
        #expect(try project.run(words, ["POSTGRES_PORT=\(wished)"]) == .printed("\(wished)\n"))
        let refused = try project.run(words, ["POSTGRES_PORT=\(main)"])
        #expect(refused.ending == .exited(0) && refused.output != "\(main)\n", "\(refused)")
    }

    @Test func soAreItsOwnEnvFileAndComposeFile() throws {
        let moved = try project.run(words)
        #expect(moved.errors.contains("\(main) is the other clone's ("), "\(moved)")
        try project.scratch.write("POSTGRES_PORT=\(wished)\n", to: ".env")
        #expect(try project.run(words) == .printed("\(wished)\n"))
        try project.scratch.write("", to: ".env")
        try project.scratch.write(
            "services: {db: {image: postgres, ports: ['${POSTGRES_PORT:-\(wished + 1)}:5432']}}\n", to: "compose.yaml")
        #expect(try project.run(words) == .printed("\(wished + 1)\n"))
    }

    @Test func aPORTIsHadAndNotTakenFromTheFirstClone() throws {
        let print = ["--", "/bin/sh", "-c", "echo $PORT"]
        #expect(try project.run(print, ["PORT=\(wished)"]).output == "\(wished)\n")
        try #require(try inFirst("book web --port \(wished + 1) -q").ending == .exited(0))
        let refused = try project.run(print, ["PORT=\(wished + 1)"])
        #expect(
            refused.output != "\(wished + 1)\n" && refused.errors.contains("\(wished + 1) is booked by "), "\(refused)")
    }
}
