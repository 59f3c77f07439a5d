import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct LookupCommandTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func findsTheNearestThatRuns() throws {
        let far = try project.start("run", "api", "--context", "zoo/main")
        #expect(try project.run("lookup", "api") == .printed("zoo/main\tapi\t\(far.port)\n"))
        let near = try project.start("run", "api", "--context", "project/next")
        #expect(try project.run("lookup", "api") == .printed("project/next\tapi\t\(near.port)\n"))
        let own = try project.start("run", "api")
        let second = try project.start("run", "api")
        #expect(try project.run("lookup", "api", "-q") == .printed("\(own.port)\n"))
        #expect(try project.run("lookup", "api", "--url") == .printed("http://127.0.0.1:\(own.port)\n"))
        #expect(
            try project.run("lookup", "api", "--all-ports")
                == .printed(
                    """
                    project\tapi\t\(own.port)
                    project\tapi-2\t\(second.port)
                    project/next\tapi\t\(near.port)
                    zoo/main\tapi\t\(far.port)

                    """))
        #expect(try project.run("lookup", "api", "--app", "zoo", "-q") == .printed("\(far.port)\n"))
        #expect(try project.run("lookup", "api", "--instance", "next", "-q") == .printed("\(near.port)\n"))
        try end(own)
        #expect(try project.run("lookup", "api") == .printed("project\tapi-2\t\(second.port)\n"))
        try end(second)
        #expect(try project.run("lookup", "api", "-q") == .printed("\(near.port)\n"))
        try end(near)
        try end(far)
    }

    @Test func anotherWorktreeIsNearerThanAnotherRepository() throws {
        let outcome = try project.scratch.shell(
            """
            set -e
            export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@t GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@t
            for folder in here there; do
                git init -q -b main $folder/zebra && git -C $folder/zebra commit -q --allow-empty -m first
            done
            git -C here/zebra worktree add -q -b other ../tree
            mkdir apart
            "$LAUNCHER" run api -C "$PWD/apart" -- "$LAUNCHER" run api -C "$PWD/there/zebra" -- \
                "$LAUNCHER" run api -C "$PWD/here/tree" -- \
                "$LAUNCHER" lookup api -C "$PWD/here/zebra" --all-ports | cut -f 1,2
            """)
        #expect(outcome == .printed("zebra/other\tapi\nzebra/main\tapi\napart\tapi\n"))
    }

    @Test func whatOnlyIsBookedDoesNotRun() throws {
        _ = try project.run("book", "api")
        #expect(try project.run("lookup", "api") == .failed(1, "portrun: no `api` runs on this machine\n"))
        #expect(try project.run("lookup", "api", "-q") == .failed(1, ""))
        #expect(
            try project.run("lookup", "api", "--json", "-q")
                == Outcome(ending: .exited(1), output: "[]\n", errors: ""))
    }

    @Test func isNoOtherServiceThatStartsAlike() throws {
        let running = try project.start("run", "api-gateway")
        #expect(try project.run("lookup", "api", "-q") == .failed(1, ""))
        try end(running)
    }

    @Test func printsJSON() throws {
        let running = try project.start("run", "api")
        let outcome = try project.run("lookup", "api", "--json")
        let found = try JSONDecoder().decode([Lease].self, from: Data(outcome.output.utf8))
        #expect(found == (try Lease.all(in: project.scratch)))
        #expect(found.map(\.port) == [running.port])
        try end(running)
    }

    private func end(_ running: (program: RunningProgram, port: Int)) throws {
        running.program.closeInput()
        _ = try running.program.finish()
    }
}
