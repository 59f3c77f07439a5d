import Testing

/// Where the system tells nothing of a port, the reason is said, and nobody is blamed.
@Suite(.timeLimit(.minutes(30)))
struct UntoldPortTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func tooManyOpenFilesAreNoListeners() throws {
        var told = 0
        for limit in 3...12 {
            let outcome = try project.scratch.shell(
                "ulimit -n \(limit); exec '\(Program.portrun)' -- /bin/sh -c 'echo $PORT'")
            #expect(!outcome.errors.contains("other programs"), "\(limit): \(outcome)")
            guard outcome.errors.contains("cannot tell whether port") else { continue }
            told += 1
            #expect(
                outcome
                    == .failed(
                        125,
                        """
                        portrun: error: cannot tell whether port \(project.web) is free: too many open files
                        portrun: hint: raise the limit of open files (`ulimit -n`)

                        """))
        }
        #expect(told > 0)
    }
}
