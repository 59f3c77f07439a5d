import PortrunBase
import PortrunLaunch
import Testing

/// Who lives how long, and the lease with it.
@Suite(.timeLimit(.minutes(30)))
struct LifetimeTests {
    @Test("The lease is on the command while it runs, and gone afterwards", arguments: LaunchMode.ofPortrun)
    func leasesWhileRunning(_ mode: LaunchMode) throws {
        let scratch = try Scratch()
        let program = try scratch.start(mode.words + ["/bin/sh", "-c", "echo ready $$; read line; : $PORT"])
        let command = try program.number(after: "ready")
        #expect(try Lease.all(in: scratch).map(\.pid) == [command])
        program.write("go\n")
        #expect(try program.finish().ending == .exited(0))
        #expect(try Lease.all(in: scratch).isEmpty)
    }

    @Test("SIGKILL to portrun leaves the command and its lease, until it ends")
    func leavesCommandBehind() throws {
        let scratch = try Scratch()
        let program = try scratch.start(
            [Program.portrun, "run", "--book", "db", "--", Program.probe, "signals", "\(SIGTERM)"])
        let command = try program.number(after: "ready")
        program.signal(SIGKILL)
        try Deadline.wait(for: "the death of portrun") { program.hasExited() }
        #expect(try Lease.all(in: scratch).map(\.pid) == [command])
        #expect(try scratch.run([Program.portrun, "gc"]).ending == .exited(0))
        #expect(try Lease.all(in: scratch).map(\.pid) == [command])
        kill(command, SIGTERM)
        try program.wait(for: "got \(SIGTERM)\n")
        try Deadline.wait(for: "the end of the command") { kill(command, 0) != 0 }
        #expect(try scratch.run([Program.portrun, "gc"]).ending == .exited(0))
        #expect(try Lease.all(in: scratch).isEmpty)
    }

    @Test("An empty environment as of cron is enough with a registry", arguments: LaunchMode.ofPortrun)
    func worksWithoutVariables(_ mode: LaunchMode) throws {
        let scratch = try Scratch()
        let outcome = try scratch.run(
            mode.words + ["/bin/sh", "-c", "echo $PORT"],
            environment: ["PORTRUN_REGISTRY=\(scratch.registry)"])
        #expect(outcome.ending == .exited(0))
        #expect(Int(outcome.output.dropLast()) != nil)
    }

    @Test("Without HOME the error says so", arguments: LaunchMode.ofPortrun)
    func reportsMissingHome(_ mode: LaunchMode) throws {
        let outcome = try Scratch().run(mode.words + ["/bin/true"], environment: ["PATH=/usr/bin:/bin"])
        #expect(outcome.ending == .exited(125))
        #expect(outcome.errors.hasPrefix("portrun: error: "))
        #expect(outcome.errors.contains("HOME"))
    }

    #if os(Linux)
        /// Needs root and unshare(1), as a container has.
        static let isRoot = getuid() == 0

        @Test("As pid 1 it reaps orphans and ends with the command", .enabled(if: isRoot))
        func reapsOrphans() throws {
            let script = """
                for round in 1 2 3 4 5 6 7 8 9 10; do (true &); done
                while cat /proc/[0-9]*/status 2>/dev/null | grep -q '^State:.Z'; do :; done
                exit 5
                """
            let outcome = try Scratch().run(inNamespace + LaunchMode.child.words + ["/bin/sh", "-c", script])
            #expect(outcome == Outcome(ending: .exited(5), output: "", errors: ""))
        }

        @Test("As pid 1 it reports a death by signal as shells do", .enabled(if: isRoot))
        func reportsSignalAsFirstProcess() throws {
            let outcome = try Scratch().run(
                inNamespace + LaunchMode.child.words + ["/bin/sh", "-c", "kill -TERM $$"])
            #expect(outcome == Outcome(ending: .exited(128 + SIGTERM), output: "", errors: ""))
        }

        private var inNamespace: [String] {
            [Program.find("unshare") ?? "unshare", "--pid", "--fork", "--mount-proc"]
        }
    #endif
}
