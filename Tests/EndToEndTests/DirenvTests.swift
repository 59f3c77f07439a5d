import Foundation
import PortrunBase
import Testing

/// The real direnv with what `portrun init direnv` prints, in a linked worktree.
@Suite(
    .timeLimit(.minutes(30)),
    .enabled(if: Program.find("direnv") != nil && Program.find("git") != nil, "needs direnv and git"))
struct DirenvTests {
    let project: Project

    init() throws {
        project = try Project()
        try project.becomeGuest()
        let outcome = try shell(
            """
            set -e
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

                    """))
    }

    @Test func theBranchDecidesAndLeavingUndoesIt() throws {
        let outcome = try shell(
            """
            hook() { eval "$(direnv export bash)"; }
            # direnv counts whole seconds: every version of HEAD gets one of its own.
            age() { touch -t "$1" "$(git rev-parse --git-path HEAD)"; }
            show() { echo "$1 ${PORT-none} ${WEB_PORT-none} ${PORTRUN_CONTEXT:+context}"; }
            show before
            age 202001010000; hook; show main
            touch file; hook; show again
            git checkout -q feature/x; age 202101010000; hook; show feature
            mkdir -p sub; cd sub; hook; show below; cd ..
            git checkout -q topic; age 202201010000; hook; show back
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

    @Test func leavingGivesTheUsersOwnBack() throws {
        let outcome = try shell(
            """
            hook() { eval "$(direnv export bash)"; }
            export PORT="it's
            mine"
            hook; echo "$PORT"; cd ..; hook; echo "$PORT ${PORTRUN_CHANGES-none}"
            """)
        #expect(outcome == .printed("\(project.web)\nit's\nmine none\n"))
    }

    @Test func aNewServiceLoadsItAnew() throws {
        let outcome = try shell(
            """
            hook() { eval "$(direnv export bash)"; }
            show() { echo "$1 ${DB_PORT-none} ${CACHE_PORT-none} ${MAIL_PORT-none}"; }
            service() { echo "services: {$1: {image: busybox, ports: ['${2}:1']}}"; }
            hook; show none
            service db '${DB_PORT:-\(project.outside)}' > compose.yaml; touch -t 202001010000 compose.yaml; hook; show db
            service cache '${CACHE_PORT:-\(project.outside + 1)}' > compose.override.yaml; hook; show both
            echo "DB_PORT=\(project.outside + 2)" > .env; hook; show env
            service mail '\(project.outside + 3)' > compose.yaml; touch -t 202101010000 compose.yaml; hook; show mail
            """)
        let moved = project.first
        #expect(
            outcome.output == """
                none none none none
                db \(moved) none none
                both \(moved) \(moved + 1) none
                env \(moved) \(moved + 1) none
                mail \(moved) \(moved + 1) \(moved + 2)

                """)
    }

    @Test func anotherWorktreeHasItsOwnPortsInTheShellOfTheFirst() throws {
        let outcome = try shell(
            """
            hook() { eval "$(direnv export bash)"; }
            hook; echo $PORT
            git worktree add -q ../other feature/x; cd ../other; direnv allow
            hook; echo $PORT
            # Without direnv, the first's variables are still there.
            eval "$("$LAUNCHER" export -C "$OLDPWD")"; echo $PORT
            eval "$("$LAUNCHER" export)"; echo $PORT
            """)
        let (main, feature) = (project.web, project.web + 1)
        #expect(outcome == .printed("\(main)\n\(feature)\n\(main)\n\(feature)\n"))
    }

    @Test func theLibraryHasUsePortrun() throws {
        let outcome = try shell(
            """
            mkdir -p ~/.config/direnv/lib
            "$LAUNCHER" init direnv-library > ~/.config/direnv/lib/portrun.sh
            echo 'use portrun --fixed keep' > .envrc; direnv allow
            direnv exec . printenv PORT
            direnv exec . direnv status | grep -o 'Loaded watch: .*/HEAD"' | grep -c worktrees
            """)
        #expect(outcome == .printed("\(project.web)\n1\n"))
    }

    @Test func aScriptThatEnvrcRunsMayAskToo() throws {
        let outcome = try shell(
            """
            echo 'eval "$(portrun export)"; echo $PORT' > ports.sh
            echo 'export SEEN=$(sh -e ports.sh)' > .envrc; direnv allow
            direnv exec . printenv SEEN
            """)
        #expect(outcome == .printed("\(project.web)\n"))
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
        #expect(variables["PORTRUN_CHANGES"] == "PORT:\(project.web) WEB_PORT:\(project.web)")
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
