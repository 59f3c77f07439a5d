#if os(Linux)
    extension RunningProcess {
        /// The process `pid`; nil when there is none, or nobody may look at it.
        package static func of(_ pid: Int32) -> RunningProcess? {
            guard let record = ProcessRecord.of(pid) else { return nil }
            return RunningProcess(command: texts(of: pid).command, isStopped: record.isStopped)
        }

        /// The entries of the environment that a process was started with, `NAME=value`; nil where nobody may look, and empty
        /// where it has written over them.
        package static func variables(of pid: Int32) -> [ArraySlice<UInt8>]? {
            (try? FileSystem.read("/proc/\(pid)/environ"))?.split(separator: 0)
        }

        /// The name of the executable of process `pid` of /proc, at most 15 bytes, and its words, at most about a line.
        static func texts(of pid: Int32) -> (name: String, command: String) {
            let name = ((try? FileSystem.read("/proc/\(pid)/comm")) ?? []).prefix { $0 != UInt8(ascii: "\n") }
            let words = ((try? FileSystem.read("/proc/\(pid)/cmdline", limit: 4 << 20)) ?? [])
                .split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            let command = words.isEmpty ? String(decoding: name, as: UTF8.self) : words.joined(separator: " ")
            return (String(decoding: name, as: UTF8.self), String(command.prefix(256)))
        }
    }
#endif
