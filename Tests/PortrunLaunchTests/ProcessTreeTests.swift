#if os(Linux)
    import Foundation
    import PortrunBase
    import Testing

    @testable import PortrunLaunch

    @Suite(.timeLimit(.minutes(30)))
    struct ProcessTreeTests {
        /// Where the kernel tells the children of a process, and where all processes are asked for their parent.
        @Test func aFamilyHasTheChildrenOfChildren() throws {
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/bin/sh")
            shell.arguments = ["-c", "sh -c 'sleep 1000 & wait' & wait"]
            try shell.run()
            var family: [Int32] = []
            while family.count < 3 {
                family = ProcessTree.family(of: shell.processIdentifier)
                // Not by a task, which may have to wait for many tests.
                usleep(5_000)
            }
            defer { for pid in family.reversed() { kill(pid, SIGKILL) } }
            #expect(family.count == 3 && family[0] == shell.processIdentifier)
            let parents = ProcessRecord.parents()
            for (parent, child) in zip(family, family.dropFirst()) {
                #expect(parents.contains { $0.pid == child && $0.parent == parent })
            }
        }

        @Test func oneWithoutChildrenIsAlone() {
            #expect(ProcessTree.family(of: Int32.max) == [Int32.max])
        }
    }
#endif
