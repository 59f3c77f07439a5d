#if os(Linux)
    /// Some fields of /proc/PID/stat: proc_pid_stat(5).
    package struct ProcessRecord: Sendable, Equatable {
        package var state: UInt8
        package var parent: Int32
        package var threadCount: Int
        /// In ticks since boot, whatever a tick is.
        package var start: UInt64

        /// True for a zombie. A leader that ended before the other threads of its process looks like one, too.
        package var hasEnded: Bool {
            (state == UInt8(ascii: "Z") && threadCount <= 1) || state == UInt8(ascii: "X")
        }

        /// True for a process that a signal or a debugger has stopped.
        var isStopped: Bool { state == UInt8(ascii: "T") || state == UInt8(ascii: "t") }

        /// nil unless `line` has the fields. They are counted after the last `)`: the name before it is free text.
        ///
        /// Read byte for byte: a launch among hundreds of others looks at as many processes.
        package init?(_ line: [UInt8]) {
            guard let end = line.lastIndex(of: UInt8(ascii: ")")), line.count > end + 3 else { return nil }
            state = line[end + 2]
            // The state is field 3.
            var field = 3
            var number: UInt64?
            var (parent, threads, start): (UInt64?, UInt64?, UInt64?)
            for byte in line[(end + 3)...] {
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"):
                    number = (number ?? 0) &* 10 &+ UInt64(byte - UInt8(ascii: "0"))
                case UInt8(ascii: " "), UInt8(ascii: "\n"):
                    if field == 4 { parent = number }
                    if field == 20 { threads = number }
                    if field == 22 { start = number }
                    field += 1
                    number = nil
                case _:
                    // The sign of a field that is not looked at.
                    continue
                }
                if field > 22 { break }
            }
            guard let start, let parent = parent.flatMap({ Int32(exactly: $0) }),
                let threads = threads.flatMap({ Int(exactly: $0) })
            else { return nil }
            self.parent = parent
            threadCount = threads
            self.start = start
        }

        /// That of process `pid`; nil when it does not exist or is hidden (`hidepid` of proc(5)).
        package static func of(_ pid: Int32) -> ProcessRecord? {
            // /proc may be that of an outer pid namespace, where the same number is another process.
            ProcLink.isOwn ? read(pid) : nil
        }

        /// Every process with its parent, in no order; none where they are hidden.
        package static func parents() -> [(pid: Int32, parent: Int32)] {
            guard ProcLink.isOwn else { return [] }
            var parents: [(pid: Int32, parent: Int32)] = []
            for name in FileSystem.names(in: "/proc") ?? [] {
                if let pid = Int32(name), let record = read(pid) { parents.append((pid, record.parent)) }
            }
            return parents
        }

        private static func read(_ pid: Int32) -> ProcessRecord? {
            let descriptor = open("/proc/\(pid)/stat", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return nil }
            defer { close(descriptor) }
            // What is looked at stands in the first half of this.
            let line = [UInt8](unsafeUninitializedCapacity: 1024) { buffer, count in
                count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
            }
            return ProcessRecord(line)
        }
    }
#endif
