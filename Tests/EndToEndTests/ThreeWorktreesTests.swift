import Testing

/// An unmodified project of every kind of port, up in three worktrees at once beside a real engine.
@Suite(.timeLimit(.minutes(30)))
struct ThreeWorktreesTests {
    @Test(.enabled(if: Checkout.engine != nil, "PORTRUN_ENGINE names no script that starts a Docker engine"))
    func everyPortAnswersForItsOwnWorktreeAndNothingIsLeftBehind() throws {
        let script = Checkout.root + "/Tests/Scenarios/three_worktrees.py"
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "python3", script)
        #expect(
            result.output
                == """
                docker compose up: 36 ports answer for their own worktree
                Ctrl-C, SIGTERM and SIGKILL of portrun leave neither container nor lease
                up -d, exec, ps, port and down see one project each; plain compose finds the volume of main
                make up: 39 ports answer for their own worktree
                make down leaves no container

                """, "\(result)")
        #expect(result.ending == .exited(0))
    }
}
