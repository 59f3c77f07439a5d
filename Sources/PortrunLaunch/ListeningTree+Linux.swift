import PortrunBase

#if os(Linux)
    extension ListeningTree {
        /// The TCP listeners among `root` and what descends from it.
        ///
        /// - Parameters:
        ///   - sockets: those of all processes.
        ///   - names: the variables of an environment that a portrun has set.
        static func listeners(
            below root: Int32, among sockets: [BoundSocket], told names: (Environment) -> [String]
        ) -> [Listener] {
            guard !sockets.isEmpty else { return [] }
            var listeners: [Listener] = []
            for pid in ProcessTree.family(of: root) {
                var ports: [Port] = []
                let folder = "/proc/\(pid)/fd"
                for name in FileSystem.names(in: folder) ?? [] {
                    guard let link = FileSystem.link(at: "\(folder)/\(name)"), link.hasPrefix("socket:["),
                        let inode = UInt64(link.dropFirst(8).dropLast()),
                        let socket = sockets.first(where: { $0.inode == inode }), !ports.contains(socket.port)
                    else { continue }
                    ports.append(socket.port)
                }
                guard !ports.isEmpty else { continue }
                let (name, told) = (name(of: pid), toldPorts(of: pid, names))
                for port in ports {
                    listeners.append(Listener(port: port, pid: pid, name: name, isTold: told.contains(port)))
                }
            }
            return listeners
        }

        /// The ports of services that the environment of process `pid` has from a portrun, which may be one inside.
        ///
        /// A service's own variable counts, and `PORT` does not: a script may have given that another value.
        private static func toldPorts(of pid: Int32, _ names: (Environment) -> [String]) -> [Port] {
            guard let bytes = try? FileSystem.read("/proc/\(pid)/environ") else { return [] }
            let environment = Environment(entries: bytes.split(separator: 0).map { Array($0) })
            var ports: [Port] = []
            for name in names(environment) where name.hasSuffix("_PORT") {
                if let port = environment[name].flatMap({ Port($0) }) { ports.append(port) }
            }
            return ports
        }

        private static func name(of pid: Int32) -> String {
            let name = (try? FileSystem.read("/proc/\(pid)/comm")) ?? []
            return String(decoding: name.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        }
    }

    extension ProcessTree {
        /// `root` and all that descends from it, now; a process whose parent has ended is nobody's child any more.
        ///
        /// The kernel tells the children of a process, where it was built to; else all processes are asked for their
        /// parent.
        static func family(of root: Int32) -> [Int32] {
            let parents = children(of: root) == nil ? ProcessRecord.parents() : []
            var family = [root]
            var index = 0
            while index < family.count {
                let process = family[index]
                var found = children(of: process) ?? []
                for child in parents where child.parent == process { found.append(child.pid) }
                for child in found where !family.contains(child) { family.append(child) }
                index += 1
            }
            return family
        }

        /// The children of all threads of a process (proc_pid_task(5)); nil where the kernel does not tell.
        private static func children(of pid: Int32) -> [Int32]? {
            var children: [Int32]?
            for thread in FileSystem.names(in: "/proc/\(pid)/task") ?? [] {
                guard let text = try? FileSystem.read("/proc/\(pid)/task/\(thread)/children") else { continue }
                children = children ?? []
                for word in text.split(separator: UInt8(ascii: " ")) {
                    if let child = Int32(String(decoding: word, as: UTF8.self)) { children?.append(child) }
                }
            }
            return children
        }

    }
#endif
