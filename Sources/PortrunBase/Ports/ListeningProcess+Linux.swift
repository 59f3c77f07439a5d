#if os(Linux)
    extension ListeningProcess {
        /// The process that listens on `port`; nil when there is none or its owner lets nobody look (proc(5)).
        ///
        /// Reads every process's descriptors: for the rare case of a port that is unexpectedly taken.
        package static func find(on port: Port, _ transport: TransportProtocol) -> ListeningProcess? {
            let sockets = BoundSocket.all(on: port, transport) ?? []
            return holders(of: sockets).lazy.compactMap { $0 }.first
        }

        /// The process with the lowest number that has each of `sockets` open, nil where that cannot be seen.
        package static func holders(of sockets: [BoundSocket]) -> [ListeningProcess?] {
            var holders = [ListeningProcess?](repeating: nil, count: sockets.count)
            guard !sockets.isEmpty else { return holders }
            let links = sockets.map { "socket:[\($0.inode)]" }
            for pid in (FileSystem.names(in: "/proc") ?? []).compactMap({ Int32($0) }).sorted() {
                let folder = "/proc/\(pid)/fd"
                for name in FileSystem.names(in: folder) ?? [] {
                    guard let link = FileSystem.link(at: "\(folder)/\(name)") else { continue }
                    for index in links.indices where links[index] == link && holders[index] == nil {
                        holders[index] = process(pid)
                    }
                }
                if !holders.contains(where: { $0 == nil }) { break }
            }
            return holders
        }

        /// The process with the lowest number that has each socket open, by the socket's inode.
        static func owners() -> [UInt64: Int32] {
            var owners: [UInt64: Int32] = [:]
            for pid in (FileSystem.names(in: "/proc") ?? []).compactMap({ Int32($0) }).sorted() {
                let folder = "/proc/\(pid)/fd"
                for name in FileSystem.names(in: folder) ?? [] {
                    guard let link = FileSystem.link(at: "\(folder)/\(name)"), let text = link.rest(after: "socket:["),
                        let inode = UInt64(text.dropLast()), owners[inode] == nil
                    else { continue }
                    owners[inode] = pid
                }
            }
            return owners
        }

        /// True for what a command of a checkout has started, and for what runs in its folder: a daemon may have outlived
        /// its command. Some write over their environment, and some run elsewhere.
        ///
        /// - Parameter variable: `NAME=value`, which every command of the checkout has.
        package func belongs(to folder: String, having variable: String) -> Bool {
            if let place = FileSystem.link(at: "/proc/\(pid)/cwd"), Path.relative(place, to: folder) != nil {
                return true
            }
            guard let environment = try? FileSystem.read("/proc/\(pid)/environ") else { return false }
            return environment.split(separator: 0).contains { $0.elementsEqual(variable.utf8) }
        }

        static func process(_ pid: Int32) -> ListeningProcess {
            let texts = RunningProcess.texts(of: pid)
            return ListeningProcess(pid: pid, name: texts.name, command: texts.command)
        }
    }
#endif
