#if os(Linux)
    import PortrunBase
    import PortrunLaunch
    import Testing

    /// Sandboxes that hide in which boot, or in which namespace, a process runs.
    @Suite(.timeLimit(.minutes(30)), .enabled(if: OwnMounts.areAllowed, "needs to be allowed to mount"))
    struct UnknownBootTests {

        /// What hides it, before the command: `ProcSubset=pid` of systemd.exec(5), an empty file, no /proc.
        static let sandboxes = [
            "mount -t proc -o subset=pid proc /proc", "mount --bind /dev/null /proc/sys/kernel/random/boot_id",
            "mount -t tmpfs none /proc",
        ]

        static let plain = "true"

        static let pairs = sandboxes.flatMap { [(plain, $0), ($0, plain), ($0, sandboxes[0])] }

        @Test("Neither takes the other for dead", arguments: pairs)
        func bothKeepTheirPorts(_ first: String, _ second: String) throws {
            let project = try Project()
            let holder = try project.scratch.start(
                inside(first, [Program.portrun, "-q", "--", "/bin/sh", "-c", "echo ready $PORT; read line"]))
            let port = try holder.number(after: "ready")
            let other = try project.scratch.run(
                inside(second, [Program.portrun, "-q", "--", "/bin/sh", "-c", "echo $PORT"]))
            #expect(other == .printed("\(port + 1)\n"))
            #expect(try project.scratch.run(inside(second, [Program.portrun, "gc"])).ending == .exited(0))
            #expect(try Lease.all(in: project.scratch).map(\.port) == [Int(port)])
            holder.closeInput()
            _ = try holder.finish()
            #expect(try Lease.all(in: project.scratch).isEmpty)
        }

        @Test("One that was killed is seen to be dead from outside", arguments: sandboxes.prefix(2))
        func theDeadAreReaped(_ sandbox: String) throws {
            let project = try Project()
            let holder = try project.scratch.start(
                inside(
                    sandbox, [Program.portrun, "run", "--exec", "--", "/bin/sh", "-c", "echo ready $$; read line"]))
            kill(try holder.number(after: "ready"), SIGKILL)
            _ = try holder.finish()
            #expect(try Lease.all(in: project.scratch).isEmpty)
        }

        private func inside(_ sandbox: String, _ words: [String]) -> [String] {
            ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", "\(sandbox) && exec \"$@\"", "sh"] + words
        }
    }
#endif
