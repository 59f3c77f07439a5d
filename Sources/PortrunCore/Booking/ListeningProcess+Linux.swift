#if os(Linux)
    extension ListeningProcess {
        /// The process that listens on `port`; nil when there is none or its owner lets nobody look (proc(5)).
        ///
        /// Reads every process's descriptors: for the rare case of a port that is unexpectedly taken.
        package static func find(on port: Port, _ transport: TransportProtocol) -> ListeningProcess? {
            let inodes = Set(
                [transport.rawValue, transport.rawValue + "6"].flatMap {
                    socketInodes("/proc/net/\($0)", port, transport)
                })
            guard !inodes.isEmpty else { return nil }
            for name in FileSystem.names(in: "/proc") ?? [] {
                guard let pid = Int32(name), holds(pid, inodes) else { continue }
                let command = (try? FileSystem.read("/proc/\(pid)/comm")) ?? []
                return ListeningProcess(
                    pid: pid, name: String(decoding: command.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
            }
            return nil
        }

        /// The inodes of the sockets in a table of proc_net(5) that are bound to `port` and, for TCP, listen.
        private static func socketInodes(
            _ table: String, _ port: Port, _ transport: TransportProtocol
        ) -> [String] {
            let text = String(decoding: (try? FileSystem.read(table)) ?? [], as: UTF8.self)
            let digits = String(port.number, radix: 16, uppercase: true)
            let suffix = ":" + String(repeating: "0", count: 4 - digits.count) + digits
            let listening = transport == .tcp ? "0A" : "07"
            return text.split(separator: "\n").dropFirst().compactMap { line in
                let fields = line.split(separator: " ")
                guard fields.count > 9, fields[1].hasSuffix(suffix), fields[3] == listening else { return nil }
                return "socket:[\(fields[9])]"
            }
        }

        private static func holds(_ pid: Int32, _ inodes: Set<String>) -> Bool {
            let folder = "/proc/\(pid)/fd"
            return (FileSystem.names(in: folder) ?? []).contains { name in
                FileSystem.link(at: "\(folder)/\(name)").map(inodes.contains) ?? false
            }
        }
    }
#endif
