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
        package init?(_ line: [UInt8]) {
            guard let end = line.lastIndex(of: UInt8(ascii: ")")) else { return nil }
            let fields = line[(end + 1)...].split(separator: UInt8(ascii: " "))
            // The state is field 3 of the whole line and the first one here.
            func number<Number: FixedWidthInteger>(_ field: Int) -> Number? {
                Number(String(decoding: fields[field - 3], as: UTF8.self))
            }
            guard fields.count >= 20, let parent: Int32 = number(4), let threads: Int = number(20),
                let start: UInt64 = number(22), let state = fields[0].first
            else { return nil }
            self.state = state
            self.parent = parent
            threadCount = threads
            self.start = start
        }

        /// That of process `pid`; nil when it does not exist or is hidden (`hidepid` of proc(5)).
        package static func of(_ pid: Int32) -> ProcessRecord? {
            // /proc may be that of an outer pid namespace, where the same number is another process.
            ProcLink.ownPID() == getpid() ? read(pid) : nil
        }

        /// Every process with its parent, in no order; none where they are hidden.
        package static func parents() -> [(pid: Int32, parent: Int32)] {
            guard ProcLink.ownPID() == getpid() else { return [] }
            var parents: [(pid: Int32, parent: Int32)] = []
            for name in FileSystem.names(in: "/proc") ?? [] {
                if let pid = Int32(name), let record = read(pid) { parents.append((pid, record.parent)) }
            }
            return parents
        }

        private static func read(_ pid: Int32) -> ProcessRecord? {
            guard let line = try? FileSystem.read("/proc/\(pid)/stat", limit: 65536) else { return nil }
            return ProcessRecord(line)
        }
    }
#endif
