import Foundation
import PortrunCore
import Testing

/// The real direnv with what `portrun init direnv` prints.
@Suite(
    .timeLimit(.minutes(10)),
    .enabled(if: Program.find("direnv") != nil && Program.find("git") != nil, "needs direnv and git"))
struct DirenvTests {
    let project: Project

    init() throws {
        project = try Project()
        let outcome = try shell(
            """
            set -e
            git init -q -b main
            "$LAUNCHER" init direnv > .envrc
            cat .envrc
            git add .envrc
            git -c user.name=a -c user.email=a@example.org commit -q -m first
            git branch feature/x
            direnv allow
            """)
        try #require(
            outcome
                == .printed(
                    """
                    # The ports of this checkout (portrun).
                    eval "$(portrun export)"
                    watch_file "$(git rev-parse --git-path HEAD 2>/dev/null || echo .env)"

                    """))
    }

    @Test func theBranchDecidesAndLeavingUndoesIt() throws {
        let outcome = try shell(
            """
            hook() { eval "$(direnv export bash)"; }
            # direnv counts whole seconds: every version of HEAD gets one of its own.
            age() { touch -t "$1" .git/HEAD; }
            show() { echo "$1 ${PORT-none} ${WEB_PORT-none} ${PORTRUN_CONTEXT:+context}"; }
            show before
            age 202001010000; hook; show main
            touch file; hook; show again
            git checkout -q feature/x; age 202101010000; hook; show feature
            mkdir -p sub; cd sub; hook; show below; cd ..
            git checkout -q main; age 202201010000; hook; show back
            cd ..; hook; show left
            """)
        let (main, feature) = (project.web, project.web + 1)
        #expect(
            outcome
                == .printed(
                    """
                    before none none 
                    main \(main) \(main) context
                    again \(main) \(main) context
                    feature \(feature) \(feature) context
                    below \(feature) \(feature) context
                    back \(main) \(main) context
                    left none none 

                    """))
    }

    @Test func leavingGivesTheUserTheirOwnPortBack() throws {
        let outcome = try shell(
            """
            export PORT=\(project.outside)
            eval "$(direnv export bash)"; echo $PORT $WEB_PORT
            cd ..; eval "$(direnv export bash)"; echo $PORT ${WEB_PORT-none}
            """)
        #expect(outcome == .printed("\(project.outside) \(project.outside)\n\(project.outside) none\n"))
    }

    @Test func aCommandInsideHasTheSamePorts() throws {
        let outcome = try shell(
            "direnv exec . sh -c 'echo $PORT; \"$LAUNCHER\" -- printenv PORT' 2>/dev/null")
        #expect(outcome == .printed("\(project.web)\n\(project.web)\n"))
    }

    @Test func direnvReportsTheVariables() throws {
        let outcome = try shell("direnv export json 2>/dev/null")
        let variables = try JSONDecoder().decode([String: String?].self, from: Data(outcome.output.utf8))
        #expect(variables["PORT"] == "\(project.web)")
        #expect(variables["PORTRUN_SET"] == "PORT WEB_PORT")
    }

    /// Runs a script by bash with portrun in PATH, where the snippet looks for it.
    private func shell(_ script: String) throws -> Outcome {
        let folder = Path.parent(Program.portrun)
        let environment = project.scratch.shellEnvironment.map { entry in
            entry.hasPrefix("PATH=") ? "PATH=\(folder):" + entry.dropFirst("PATH=".count) : entry
        }
        return try project.scratch.run(
            [Program.find("bash") ?? "/bin/bash", "-c", script],
            environment: environment + ["DIRENV_LOG_FORMAT="])
    }
}
